package io.flowwarden.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.fault.Fault;
import io.flowwarden.fault.FaultyInput;
import io.flowwarden.schemas.PortRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of the user's own, and each fault as its reader sees it. */
class CatalogOverlayTest {
    private static final int BUNDLED = Catalog.bundled().rules().size();
    private static final String REPLICATION = "vsphere-replication-31031-tcp-esxi-host-vr-server";
    private static final String PING = "common-icmp-listed-listed";
    private static final String HEADER =
            "id,product,versions,transport,port_from,port_to,source_role,target_role,scope,"
                    + "category,flags,purpose,reference,note\n";

    @TempDir Path folder;

    @Test
    void newIdsAddKnownIdsReplaceDisabledOnesGo() throws IOException {
        Catalog catalog =
                load(
                        "mine.csv",
                        HEADER
                                + "mine-1,mine,,tcp,9999,9999,backup-proxy,esxi-host,intra-site,"
                                + "backup,unencrypted optional,Ours,wiki:12,\n"
                                + REPLICATION
                                + ",mine,,tcp,31031,31031,esxi-host,vr-server,inter-site,"
                                + "replication,,Only between sites,,\n"
                                + PING
                                + ",,,,,,,,,,disabled,,,\n");
        assertEquals(BUNDLED, catalog.rules().size());
        PortRule added = catalog.rule("mine-1");
        assertEquals(List.of("unencrypted", "optional"), added.getFlags());
        assertEquals(List.of("wiki:12"), added.getReferences());
        assertEquals("inter-site", catalog.rule(REPLICATION).getScope());
        assertNull(catalog.rule(PING));
        assertTrue(catalog.ids().contains("mine-1"));
    }

    @Test
    void aReplacedRuleKeepsItsPlace() throws IOException {
        Catalog bundled = Catalog.bundled();
        Catalog catalog = load("m.csv", HEADER + row("transport", "udp"));
        int place = bundled.rules().indexOf(bundled.rule(REPLICATION));
        assertEquals("udp", catalog.rules().get(place).getTransport());
    }

    @Test
    void columnsMayStandInAnyOrderAndBeLeftOut() throws IOException {
        Catalog catalog =
                load(
                        "mine.csv",
                        """
                        # Ours, not the product's.
                        category,port_to,port_from,transport,product,id
                        backup,10,9,udp,mine,mine-1
                        """);
        PortRule rule = catalog.rule("mine-1");
        assertEquals(9, rule.getPortFrom());
        assertEquals(10, rule.getPortTo());
        assertEquals(List.of(), rule.getSourceRoles());
        assertNull(rule.getScope());
    }

    @Test
    void yamlHasTheColumnsAsKeys() throws IOException {
        Catalog catalog =
                load(
                        "mine.yaml",
                        """
                        - id: mine-1
                          product: mine
                          versions: [4.x, 5.x]
                          transport: tcp
                          port_from: 9999
                          port_to: 9999
                          source_role: [backup-proxy, vdr-appliance]
                          target_role: esxi-host|esx-host
                          category: backup
                          flags: legacy optional
                          note:
                        - {id: common-icmp-listed-listed, flags: [disabled]}
                        """);
        PortRule rule = catalog.rule("mine-1");
        assertEquals(List.of("4.x", "5.x"), rule.getVersions());
        assertEquals(List.of("backup-proxy", "vdr-appliance"), rule.getSourceRoles());
        assertEquals(List.of("esxi-host", "esx-host"), rule.getTargetRoles());
        assertEquals(List.of("legacy", "optional"), rule.getFlags());
        assertNull(catalog.rule(PING));
    }

    @Test
    void laterFilesSeeEarlierOnes() throws IOException {
        Path one = write("1.csv", HEADER + row("port_to", "31032"));
        Path two = write("2.csv", "id,flags\n" + REPLICATION + ",disabled\n");
        Path three = write("3.csv", HEADER + row("port_to", "31033"));
        assertNull(Catalog.load(true, List.of(one, two)).rule(REPLICATION));
        Catalog all = Catalog.load(true, List.of(one, two, three));
        assertEquals(31_033, all.rule(REPLICATION).getPortTo());
    }

    @Test
    void commonRulesCanBeSwitchedOffAndOverriddenAllTheSame() throws IOException {
        assertNull(Catalog.load(false, List.of()).rule(PING));
        assertNotNull(Catalog.load(false, List.of()).rule(REPLICATION));
        Path mine =
                write(
                        "mine.csv",
                        "id,product,transport,category,flags\n"
                                + PING
                                + ",mine,icmp,other,\n"
                                + "common-53-udp-listed-dns-server,,,,disabled\n");
        Catalog catalog = Catalog.load(false, List.of(mine));
        assertEquals("mine", catalog.rule(PING).getProduct());
        assertEquals(1 + Catalog.load(false, List.of()).rules().size(), catalog.rules().size());
    }

    @Test
    void everyCellIsChecked() throws IOException {
        fault(
                "id",
                "Mine_1",
                "2: id: 'Mine_1': an id is lower-case letters, digits and single '-', 200 at most");
        fault("id", "", "2: id: is missing");
        fault("product", "", "2: product: is missing");
        fault(
                "transport",
                "tpc",
                "2: transport: 'tpc': expected tcp, udp, icmp; did you mean 'tcp'?");
        fault("transport", "", "2: transport: is missing");
        fault("port_from", "65536", "2: port_from: '65536': expected a port, 0 to 65535");
        fault("port_from", "http", "2: port_from: 'http': expected a port, 0 to 65535");
        fault("port_from", "-1", "2: port_from: '-1': expected a port, 0 to 65535");
        fault("port_to", "100025", "2: port_to: '100025': expected a port, 0 to 65535");
        fault("port_to", "", "2: port_to: is missing");
        fault(
                "port_to",
                "80",
                "2: port_to: '80': a range ends where it starts or later, this one starts at 31031");
        fault(
                "source_role",
                "esxihost",
                "2: source_role: 'esxihost': no such role; did you mean 'esxi-host'?");
        fault(
                "source_role",
                "esxi-host|",
                "2: source_role: 'esxi-host|': an empty word between two separators");
        fault(
                "target_role",
                "vr-server|vcenter|vr-server",
                "2: target_role: 'vcenter': no such role; did you mean 'vcenter-server'?",
                "2: target_role: 'vr-server': stands twice");
        fault("scope", "local", "2: scope: 'local': expected intra-site, inter-site");
        fault(
                "scope",
                "intrasite",
                "2: scope: 'intrasite': expected intra-site, inter-site; did you mean 'intra-site'?");
        fault(
                "category",
                "back-up",
                "2: category: 'back-up': no such category; did you mean 'backup'?");
        fault("category", "", "2: category: is missing");
        fault(
                "flags",
                "unencrypt",
                "2: flags: 'unencrypt': no such flag; did you mean 'unencrypted'?");
        fault(
                "reference",
                "000:26 line 7",
                "2: reference: 'line': expected document:line, e.g. 000:26",
                "2: reference: '7': expected document:line, e.g. 000:26");
        fault("reference", "000:0", "2: reference: '000:0': expected document:line, e.g. 000:26");
        faults(
                "m.csv",
                HEADER + row("transport", "icmp"),
                "2: port_from: '31031': icmp has no ports",
                "2: port_to: '31031': icmp has no ports");
    }

    @Test
    void idsMustBeOwnAndDisabledOnesKnown() throws IOException {
        faults(
                "m.csv",
                """
                id,flags
                vsphere-replication-31031-tcp-esxi-host-vr-sever,disabled
                common-icmp-listed-listed,disabled
                common-icmp-listed-listed,disabled
                ,disabled
                """,
                "2: id: 'vsphere-replication-31031-tcp-esxi-host-vr-sever': no such rule to"
                        + " disable; did you mean"
                        + " 'vsphere-replication-31031-tcp-esxi-host-vr-server'?",
                "4: id: 'common-icmp-listed-listed': this id stands on line 3 too",
                "5: id: is missing");
    }

    @Test
    void headersAreChecked() throws IOException {
        faults("m.csv", "", " the file is empty");
        faults("m.csv", "product,flags\nx,\n", "1: header: the column id is missing");
        faults(
                "m.csv",
                "id,id,transprot,colour\nx,x,tcp,red\n",
                "1: header: 'id': this column stands twice",
                "1: header: 'transprot': unknown column; did you mean 'transport'?",
                "1: header: 'colour': unknown column");
        faults(
                "m.csv",
                "id,flags\nx\ny,disabled,z\n",
                "2: 'x': has 1 cells, the header has 2",
                "3: 'y': has 3 cells, the header has 2");
    }

    @Test
    void aQuoteThatNeverEndsIsToldWhereItBegins() throws IOException {
        Path file = write("m.csv", "id,flags\ncommon-icmp-listed-listed,disabled\n\"x,disabled\n");
        var refused = assertThrows(FaultyInput.class, () -> Catalog.load(true, List.of(file)));
        String text = refused.getMessage();
        assertTrue(text.startsWith(file + ":3: not CSV from here: "), text);
    }

    @Test
    void yamlFaultsAreToldWithTheLineOfTheirKey() throws IOException {
        faults(
                "m.yaml",
                """
                - id: mine-1
                  product: mine
                  transport: tcp
                  port_from: 80
                  port_to: [80, 81]
                  port_too: 80
                  source_role:
                    - esx
                  category: backup
                - mine-2
                """,
                "5: port_to: '80 81': expected a port, 0 to 65535",
                "6: [0].port_too: 'port_too': unknown key; did you mean 'port_to'?",
                "8: source_role: 'esx': no such role; did you mean 'esx-host'?",
                "10: [1]: 'mine-2': expected a mapping of keys and values");
    }

    @Test
    void faultsOfAllFilesComeAtOnce() throws IOException {
        Path one = write("1.csv", HEADER + row("category", "x"));
        Path two = folder.resolve("2.csv");
        Path three = write("3.yml", "{");
        var refused =
                assertThrows(FaultyInput.class, () -> Catalog.load(true, List.of(one, two, three)));
        assertEquals(
                List.of(one.toString(), two.toString(), three.toString()),
                refused.faults().stream().map(Fault::file).toList());
    }

    @Test
    void whateverIsReadEndsInACatalogOrInFaults() throws IOException {
        var random = new Random(4);
        String pool = "{}[]:,-|\"'#\n\n  abcdeghilnoprstu0123456789.";
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            var text = new StringBuilder(random.nextBoolean() ? HEADER + row("note", "n") : "");
            for (int edit = random.nextInt(60); edit >= 0; edit--) {
                int at = random.nextInt(text.length() + 1);
                text.insert(at, pool.charAt(random.nextInt(pool.length())));
            }
            Path file = write(random.nextBoolean() ? "r.csv" : "r.yaml", text.toString());
            try {
                Catalog.load(true, List.of(file));
            } catch (FaultyInput faulty) {
                refused++;
            }
        }
        assertTrue(refused > 200, "refused " + refused);
    }

    /** A good row but for one cell. */
    private static String row(String column, String value) {
        return RuleText.columns().stream()
                        .map(c -> c.equals(column) ? value : good(c))
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private static String good(String column) {
        return switch (column) {
            case "id" -> REPLICATION;
            case "product" -> "mine";
            case "transport" -> "tcp";
            case "port_from", "port_to" -> "31031";
            case "category" -> "replication";
            default -> "";
        };
    }

    private void fault(String column, String value, String... expected) throws IOException {
        faults("m.csv", HEADER + row(column, value), expected);
    }

    private void faults(String name, String text, String... expected) throws IOException {
        Path file = write(name, text);
        var refused = assertThrows(FaultyInput.class, () -> Catalog.load(true, List.of(file)));
        assertEquals(
                List.of(expected).stream()
                        .map(line -> file + ":" + line)
                        .collect(Collectors.joining("\n")),
                refused.getMessage());
    }

    private Catalog load(String name, String text) throws IOException {
        return Catalog.load(true, List.of(write(name, text)));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
