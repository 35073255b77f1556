package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Catalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flowwarden catalog} in a process of its own. */
final class CatalogIT {
    private static final int RULES = Catalog.bundled().rules().size();

    @TempDir Path folder;

    @Test
    void exportedCsvIsTheBundledFilesUnderOneHeader() throws Exception {
        var ran = Flowwarden.run(folder, "catalog", "export");
        assertEquals(0, ran.status(), ran.err());
        assertEquals("", ran.err());
        assertEquals(RULES + 1, ran.lines().size());
        assertEquals(bundled("vsphere-replication"), ran.lines().subList(0, 14));
        assertTrue(ran.lines().containsAll(bundled("common")));
        var read = Files.writeString(folder.resolve("all.csv"), ran.out());
        assertEquals(Catalog.bundled().revision(), Catalog.load(true, List.of(read)).revision());
    }

    @Test
    void exportedJsonHasTheColumnsAsKeys() throws Exception {
        var ran = Flowwarden.run(folder, "catalog", "export", "--format", "json");
        assertEquals(RULES, ran.lines().size());
        String line =
                ran.lines().stream()
                        .filter(l -> l.contains("\"vsphere-replication-8043-tcp-vcenter"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(
                "{\"id\":\"vsphere-replication-8043-tcp-vcenter-server-vr-appliance\","
                        + "\"product\":\"vsphere-replication\",\"versions\":[],"
                        + "\"transport\":\"tcp\",\"port_from\":8043,\"port_to\":8043,"
                        + "\"source_role\":[\"vcenter-server\"],"
                        + "\"target_role\":[\"vr-appliance\"],\"scope\":\"intra-site\","
                        + "\"category\":\"management\",\"flags\":[],"
                        + "\"purpose\":\"vCenter tells the appliance about storage moves (SDRS)\","
                        + "\"reference\":[\"000:24\"],\"note\":\"Protocol printed as SOAP."
                        + " Intra-site is printed in the description; the row above uses the same"
                        + " port between the sites.\"}",
                line);
        assertTrue(ran.lines().stream().anyMatch(l -> l.contains("\"port_from\":null")));
    }

    @Test
    void rulesThatNoDocumentStatesCanBeLeftOut() throws Exception {
        var ran = Flowwarden.run(folder, "catalog", "export", "--no-common");
        assertEquals(RULES + 1 - (bundled("common").size() - 1), ran.lines().size());
    }

    @Test
    void listTellsHowManyOfHowMany() throws Exception {
        var ran = Flowwarden.run(folder, "catalog", "list", "31031", "esxi-host");
        assertEquals(0, ran.status());
        assertEquals(2, ran.lines().size());
        assertTrue(ran.err().startsWith("1 of " + RULES + " rules, catalog revision "), ran.err());
    }

    @Test
    void checkTellsAllFaultsAndEndsWithTwo() throws Exception {
        Files.writeString(
                folder.resolve("mine.csv"),
                """
                id,product,transport,port_from,port_to,source_role,target_role,category
                mine-1,mine,tpc,80,80,esxihost,vcenter-server,backup
                mine-2,mine,tcp,80,70,,vcenter-server,bakup
                """);
        var ran = Flowwarden.run(folder, "catalog", "check", "mine.csv");
        assertEquals(2, ran.status());
        assertEquals("", ran.out());
        assertEquals(
                """
                mine.csv:2: transport: 'tpc': expected tcp, udp, icmp; did you mean 'tcp'?
                mine.csv:2: source_role: 'esxihost': no such role; did you mean 'esxi-host'?
                mine.csv:3: category: 'bakup': no such category; did you mean 'backup'?
                mine.csv:3: port_to: '70': a range ends where it starts or later, this one starts at 80
                flowwarden: 4 faults
                """,
                ran.err());
    }

    @Test
    void checkOfGoodRulesEndsWithNothingToSay() throws Exception {
        Files.writeString(
                folder.resolve("mine.csv"), "id,flags\ncommon-icmp-listed-listed,disabled\n");
        var ran = Flowwarden.run(folder, "catalog", "check", "mine.csv");
        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.out().startsWith("no faults: " + (RULES - 1) + " rules, "), ran.out());
    }

    private static List<String> bundled(String file) throws Exception {
        try (var in = Catalog.class.getResourceAsStream("/catalog/" + file + ".csv")) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
