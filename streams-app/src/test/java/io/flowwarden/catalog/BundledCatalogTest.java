package io.flowwarden.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowwarden.schemas.PortRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the bundled files to design sections 4 and 15. */
class BundledCatalogTest {
    private static final Catalog CATALOG = Catalog.bundled();

    @Test
    void everyStatementOfTheFiveDocumentsIsReferencedOnce() {
        var statements = new TreeMap<String, Integer>();
        var seen = new HashSet<String>();
        for (PortRule rule : CATALOG.rules()) {
            for (String reference : rule.getReferences()) {
                statements.merge(reference.split(":")[0], 1, Integer::sum);
                String statement =
                        reference
                                + " "
                                + rule.getTransport()
                                + " "
                                + rule.getPortFrom()
                                + "-"
                                + rule.getPortTo();
                // Between two hosts either way is two rules of one line (002, 003) at times.
                seen.add(statement + " " + rule.getSourceRoles() + rule.getTargetRoles());
            }
        }
        int common = statements.remove("common");
        assertEquals(Map.of("000", 17, "001", 25, "002", 12, "003", 20, "004", 360), statements);
        assertEquals(434 + common, seen.size());
    }

    @Test
    void everyIdFollowsTheFormula() {
        var names = new HashMap<String, Integer>();
        CATALOG.rules().forEach(rule -> names.merge(formula(rule), 1, Integer::sum));
        for (PortRule rule : CATALOG.rules()) {
            String name = formula(rule);
            // What differs only in scope carries it at the end.
            String scope = rule.getScope() == null ? "" : "-" + rule.getScope();
            assertEquals(names.get(name) > 1 ? name + scope : name, rule.getId());
        }
    }

    @Test
    void idsAreUniqueAcrossTheFiles() throws IOException {
        int rows = 0;
        for (String file : files()) {
            rows += lines(file).size() - 1;
        }
        assertEquals(rows, CATALOG.rules().size());
    }

    @Test
    void whatCouldMergeIsMerged() {
        var seen = new HashMap<Object, String>();
        for (PortRule rule : CATALOG.rules()) {
            var key =
                    List.of(
                            rule.getProduct(),
                            rule.getVersions(),
                            rule.getTransport(),
                            String.valueOf(rule.getPortFrom()),
                            String.valueOf(rule.getPortTo()),
                            rule.getSourceRoles(),
                            rule.getTargetRoles(),
                            String.valueOf(rule.getScope()),
                            rule.getCategory());
            assertEquals(null, seen.put(key, rule.getId()), () -> key.toString());
        }
    }

    @Test
    void commonRowsReferToTheirOwnLineAndSayWhy() {
        int line = 1;
        for (PortRule rule : CATALOG.rules()) {
            if (rule.getProduct().equals("common")) {
                assertEquals(List.of("common:" + ++line), rule.getReferences());
                assertTrue(rule.getNote().length() > 10, rule.getId());
            }
        }
        assertEquals(47, line);
    }

    @Test
    void everyRuleHasPurposeAndReference() {
        for (PortRule rule : CATALOG.rules()) {
            assertTrue(!rule.getPurpose().isEmpty(), rule.getId());
            assertTrue(!rule.getReferences().isEmpty(), rule.getId());
        }
    }

    @Test
    void exportedRowsAreTheBundledLines() throws IOException {
        for (String file : files()) {
            for (String line : lines(file)) {
                if (!line.startsWith("id,")) {
                    PortRule rule = CATALOG.rule(line.substring(0, line.indexOf(',')));
                    assertEquals(line, csv(RuleText.cells(rule)));
                }
            }
        }
    }

    @Test
    void rulesThatEverybodyAsksAbout() {
        assertEquals(
                "tcp 31031-31031 [esxi-host]>[vr-server] null replication [unencrypted]"
                        + " [000:26, 000:34]",
                facts("vsphere-replication-31031-tcp-esxi-host-vr-server"));
        assertEquals(
                "tcp 32032-32032 [esxi-host]>[vr-server] null replication [] [000:27, 000:35]",
                facts("vsphere-replication-32032-tcp-esxi-host-vr-server"));
        assertEquals(
                "tcp 8043-8043 [vr-appliance]>[vr-appliance] inter-site management [] [000:23]",
                facts("vsphere-replication-8043-tcp-vr-appliance-vr-appliance"));
        assertEquals(
                "tcp 8043-8043 [vcenter-server]>[vr-appliance] intra-site management [] [000:24]",
                facts("vsphere-replication-8043-tcp-vcenter-server-vr-appliance"));
        List<PortRule> heartbeats = at("udp", 902, "heartbeat", "vcenter-server");
        assertEquals(3, heartbeats.size());
        for (PortRule heartbeat : heartbeats) {
            assertEquals(List.of("hypervisor"), heartbeat.getSourceRoles());
        }
        List<PortRule> betweenHosts = at("udp", 902, "management", "hypervisor");
        assertEquals(2, betweenHosts.size());
    }

    @Test
    void thePlatespinRangeIsCorrectedNotWrapped() {
        PortRule rule =
                CATALOG.rules().stream()
                        .filter(r -> r.getProduct().equals("platespin"))
                        .filter(r -> Integer.valueOf(10_000).equals(r.getPortFrom()))
                        .findFirst()
                        .orElseThrow();
        assertEquals(10_025, rule.getPortTo());
        assertTrue(rule.getFlags().contains("legacy"), rule.toString());
        assertTrue(rule.getNote().contains("100025"), rule.getNote());
    }

    @Test
    void dynamicRangesReachTheLastPort() {
        List<PortRule> dynamic =
                CATALOG.rules().stream().filter(r -> r.getFlags().contains("dynamic")).toList();
        assertTrue(dynamic.size() >= 4);
        for (PortRule rule : dynamic) {
            // "above 1024", "1024 to 65535" in 004:1730 and 004:1745, and Windows since 2008.
            assertTrue(Set.of(1024, 1025, 49_152).contains(rule.getPortFrom()), rule.getId());
            assertEquals(65_535, rule.getPortTo());
        }
    }

    @Test
    void everyReferencedLinePrintsItsPort() throws IOException {
        String captures = System.getProperty("flowwarden.captures", "");
        assumeFalse(captures.isEmpty(), "needs -Dflowwarden.captures=DIR");
        Path seeds = Path.of(captures).resolve("../../seeds").normalize();
        assumeTrue(Files.isDirectory(seeds), "the documents are not beside the captures");
        var documents = new LinkedHashMap<String, List<String>>();
        try (Stream<Path> files = Files.list(seeds)) {
            for (Path file : files.sorted().toList()) {
                String number = file.getFileName().toString().substring(0, 3);
                documents.put(number, Files.readAllLines(file));
            }
        }
        var missing = new ArrayList<String>();
        for (PortRule rule : CATALOG.rules()) {
            for (String reference : rule.getReferences()) {
                String[] parts = reference.split(":");
                if (documents.containsKey(parts[0]) && rule.getPortFrom() != null) {
                    int line = Integer.parseInt(parts[1]);
                    List<String> document = documents.get(parts[0]);
                    String near =
                            String.join(
                                    "\n",
                                    document.subList(
                                            Math.max(0, line - 4),
                                            Math.min(document.size(), line + 6)));
                    int first = rule.getPortFrom();
                    if (!prints(near, first) && !(first == 1025 && prints(near, 1024))) {
                        missing.add(rule.getId() + " " + reference);
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    private static boolean prints(String text, int port) {
        return Pattern.compile("(?<![0-9])" + port + "(?![0-9])").matcher(text).find();
    }

    private static List<PortRule> at(String transport, int port, String category, String target) {
        return CATALOG.rules().stream()
                .filter(rule -> rule.getTransport().equals(transport))
                .filter(rule -> Integer.valueOf(port).equals(rule.getPortFrom()))
                .filter(rule -> rule.getCategory().equals(category))
                .filter(rule -> rule.getTargetRoles().contains(target))
                .toList();
    }

    private static String facts(String id) {
        PortRule rule = CATALOG.rule(id);
        return rule.getTransport()
                + " "
                + rule.getPortFrom()
                + "-"
                + rule.getPortTo()
                + " "
                + rule.getSourceRoles()
                + ">"
                + rule.getTargetRoles()
                + " "
                + rule.getScope()
                + " "
                + rule.getCategory()
                + " "
                + rule.getFlags()
                + " "
                + rule.getReferences();
    }

    private static String formula(PortRule rule) {
        List<String> cells = RuleText.cells(rule);
        String from = cells.get(4);
        String to = cells.get(5);
        String port = from.equals(to) ? from : from + "-" + to;
        return Stream.of(cells.get(1), cells.get(2), port, cells.get(3), cells.get(6), cells.get(7))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("-"))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
    }

    private static String csv(List<String> cells) {
        return cells.stream()
                .map(
                        cell ->
                                cell.contains(",") || cell.contains("\"")
                                        ? "\"" + cell.replace("\"", "\"\"") + "\""
                                        : cell)
                .collect(Collectors.joining(","));
    }

    private static List<String> files() {
        return List.of(
                "vsphere-replication",
                "jetstream-dr",
                "druva-phoenix",
                "platespin",
                "vmware-ports",
                "common");
    }

    private static List<String> lines(String file) throws IOException {
        try (var in = Catalog.class.getResourceAsStream("/catalog/" + file + ".csv")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
