package io.flowwarden.estate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.catalog.Revision;
import io.flowwarden.fault.FaultyInput;
import io.flowwarden.schemas.Capacity;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Link;
import io.flowwarden.schemas.Maintenance;
import io.flowwarden.schemas.Policy;
import io.flowwarden.schemas.Site;
import io.flowwarden.schemas.Source;
import io.flowwarden.schemas.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EstateFileTest {
    private static final Catalog CATALOG = Catalog.bundled();

    @Test
    void aTwoSiteEstateIsReadToItsEntries() throws IOException {
        List<EstateEntry> entries = parse(twoSites()).entries();
        assertEquals(
                List.of(
                        "site/paris",
                        "site/lyon",
                        "site/internet",
                        "endpoint/proxy-paris",
                        "endpoint/esx-paris",
                        "endpoint/esx-lyon",
                        "endpoint/vr-lyon",
                        "endpoint/vcenter-paris",
                        "endpoint/rocva-lyon",
                        "endpoint/desktops",
                        "endpoint/printers",
                        "policy/jump-hosts",
                        "policy/encrypt-replication",
                        "policy/lab",
                        "link/host-heartbeats",
                        "link/dr-lyon",
                        "link/nightly",
                        "link/moves",
                        "link/ping",
                        "maintenance/fw-upgrade",
                        "maintenance/patch-night",
                        "capacity/paris>lyon",
                        "capacity/lyon>paris",
                        "source/aws/*",
                        "source/netflow/10.1.255.1/*"),
                entries.stream().map(entry -> entry.getKind() + "/" + entry.getName()).toList());
        assertEquals(
                new Site(List.of("10.1.0.0/16", "2001:db8:1::/48"), List.of("10.1.255.1"), false),
                entries.get(0).getBody());
        assertEquals(
                new Site(List.of("0.0.0.0/0", "::/0"), List.of(), true), entries.get(2).getBody());
        assertEquals(
                new Endpoint(
                        List.of("10.2.10.0/24", "10.2.11.7"),
                        List.of("esxi-host"),
                        null,
                        Map.of(),
                        false),
                entries.get(5).getBody());
        assertEquals(
                new Endpoint(
                        List.of("10.1.20.2"),
                        List.of("vcenter-server"),
                        null,
                        Map.of("vcenter-4-x-8443-tcp-client-pc-vcenter-server", 9443),
                        false),
                entries.get(7).getBody());
        assertEquals(
                new Endpoint(
                        List.of("10.2.40.0/26"), List.of("jetstream-rocva"), null, Map.of(), true),
                entries.get(8).getBody());
        assertEquals(
                new Endpoint(
                        List.of("10.1.50.0/24"), List.of("client-pc"), "paris", Map.of(), false),
                entries.get(9).getBody());
        assertEquals(
                new Policy(
                        0,
                        true,
                        List.of("10.1.99.0/24"),
                        List.of("vcenter-paris"),
                        List.of("443/tcp", "22/tcp"),
                        "2027-06-30",
                        null),
                entries.get(11).getBody());
        assertEquals(
                new Policy(
                        1,
                        false,
                        List.of(),
                        List.of(),
                        List.of("31031/tcp"),
                        null,
                        "replication must be encrypted (32032)"),
                entries.get(12).getBody());
        assertEquals(
                new Policy(
                        2,
                        true,
                        List.of("lyon", "desktops"),
                        List.of(),
                        List.of("8000-8010/tcp", "icmp"),
                        null,
                        null),
                entries.get(13).getBody());
    }

    @Test
    void whatMustBeThereAndWhoReportsItAreEntriesToo() throws IOException {
        var bodies = new HashMap<String, Object>();
        parse(twoSites()).byKey().forEach((key, entry) -> bodies.put(key, entry.getBody()));
        assertEquals(
                new Link(
                        "heartbeat",
                        "esx-paris",
                        "vcenter-paris",
                        "902/udp",
                        List.of("10.1.10.11", "10.1.10.12"),
                        false,
                        List.of(),
                        10_000L,
                        6,
                        null,
                        null,
                        List.of(),
                        null),
                bodies.get("link/host-heartbeats"));
        assertEquals(
                new Link(
                        "backup",
                        "proxy-paris",
                        "esx-paris",
                        "902/tcp",
                        List.of(),
                        false,
                        List.of(),
                        null,
                        null,
                        null,
                        10_000_000_000L,
                        List.of("mon", "tue", "wed", "thu", "fri"),
                        new Window(22 * 60, 22 * 60 + 30, 4 * 60, "Europe/Paris")),
                bodies.get("link/nightly"));
        var replication = (Link) bodies.get("link/dr-lyon");
        assertEquals(900_000L, replication.getRpoMillis());
        assertTrue(replication.getOrReverse());
        assertEquals(
                List.of("netflow/10.1.255.1/*"), ((Link) bodies.get("link/moves")).getSources());
        assertEquals(
                new Maintenance(
                        Instant.parse("2026-12-01T01:00:00Z").toEpochMilli(),
                        Instant.parse("2026-12-01T03:00:00Z").toEpochMilli(),
                        List.of(),
                        null,
                        List.of("lyon"),
                        List.of(),
                        List.of(),
                        List.of()),
                bodies.get("maintenance/fw-upgrade"));
        assertEquals(
                new Maintenance(
                        null,
                        null,
                        List.of("sun"),
                        new Window(60, null, 180, "Europe/Paris"),
                        List.of(),
                        List.of("esx-paris", "esx-lyon"),
                        List.of("dr-lyon"),
                        List.of("flow", "TELEMETRY_LOST")),
                bodies.get("maintenance/patch-night"));
        assertEquals(
                new Capacity("paris", "lyon", 1_000_000_000L, 80.0),
                bodies.get("capacity/paris>lyon"));
        assertEquals(new Source("aws/*", 900_000L, null, false, null), bodies.get("source/aws/*"));
        assertEquals(
                new Source("netflow/10.1.255.1/*", null, "paris", true, 100),
                bodies.get("source/netflow/10.1.255.1/*"));
    }

    @Test
    void sectionsMayStandInAnyOrderAndEmpty() {
        Estate estate =
                parse(
                        """
                        policies:
                          - {name: p, allow: {from: a}}
                        endpoints:
                          - {name: a, address: 10.0.0.1, site: s, roles: }
                        links:
                        sites:
                          - {name: s}
                        """);
        assertEquals(3, estate.entries().size());
    }

    @Test
    void anchorsShareRoles() {
        Estate estate =
                parse(
                        """
                        endpoints:
                          - {name: a, address: 10.0.0.1, roles: &vr [vr-appliance, vr-server]}
                          - {name: b, address: 10.0.0.2, roles: *vr}
                        """);
        var b = (Endpoint) estate.entries().get(1).getBody();
        assertEquals(List.of("vr-appliance", "vr-server"), b.getRoles());
    }

    @Test
    void theRevisionIsThatOfTheContentInAnyOrder() throws IOException {
        Estate estate = parse(twoSites());
        var entries = new ArrayList<>(estate.entries());
        Collections.shuffle(entries, new Random(3));
        assertEquals(estate.revision(), Revision.of(entries));
        Estate moved = parse(twoSites().replace("10.1.30.5", "10.1.30.6"));
        assertEquals(estate.revision().count(), moved.revision().count());
        assertNotEquals(estate.revision().hash(), moved.revision().hash());
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeSo() {
        var refused =
                assertThrows(
                        FaultyInput.class,
                        () -> EstateFile.read(Path.of("no-such-estate.yaml"), CATALOG));
        assertEquals("no-such-estate.yaml: no such file", refused.getMessage());
    }

    @Test
    void twentyThousandEndpointsAreRead() {
        var text = new StringBuilder("endpoints:\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("  - {name: e").append(i).append(", address: 10.");
            text.append(i >> 16).append('.').append(i >> 8 & 255).append('.').append(i & 255);
            text.append(", roles: [guest-vm]}\n");
        }
        assertEquals(20_000, parse(text.toString()).entries().size());
    }

    @Test
    void whateverIsReadEndsInAnEstateOrInFaults() throws IOException {
        var random = new Random(2);
        byte[] good = twoSites().getBytes(StandardCharsets.UTF_8);
        String pool = "{}[]:,-&*!|>'\"%@`#?\n\t  abcdeghilnoprstu0123456789./";
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] content;
            if (i % 5 == 0) {
                content = new byte[random.nextInt(200)];
                random.nextBytes(content);
            } else if (i % 5 == 1) {
                var text = new StringBuilder();
                int length = random.nextInt(120);
                for (int c = 0; c < length; c++) {
                    text.append(pool.charAt(random.nextInt(pool.length())));
                }
                content = text.toString().getBytes(StandardCharsets.UTF_8);
            } else {
                content = good.clone();
                int edits = 1 + random.nextInt(4);
                for (int e = 0; e < edits; e++) {
                    content[random.nextInt(content.length)] =
                            (byte) pool.charAt(random.nextInt(pool.length()));
                }
            }
            try {
                EstateFile.parse("e.yaml", content, CATALOG);
            } catch (FaultyInput faulty) {
                refused++;
                assertTrue(faulty.faults().size() > 0);
            }
        }
        assertTrue(refused > 1_200, "refused " + refused);
    }

    private static Estate parse(String text) {
        return EstateFile.parse("e.yaml", text.getBytes(StandardCharsets.UTF_8), CATALOG);
    }

    private static String twoSites() throws IOException {
        try (var in = EstateFileTest.class.getResourceAsStream("/estate/two-sites.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
