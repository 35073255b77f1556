package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.roster.Roster;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForesightTest {
    private static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16], exporters: [10.1.255.1]}
              - {name: lyon, networks: [10.2.0.0/16], exporters: [10.2.255.1]}
              - {name: nice, networks: [10.3.0.0/16], exporters: [10.3.255.1]}
            endpoints:
              - {name: esx-paris, address: 10.1.10.0/24, roles: [esxi-host]}
              - {name: proxy-paris, address: 10.1.30.5, roles: [backup-proxy]}
              - {name: vcenter-paris, address: 10.1.20.2, roles: [vcenter-server]}
              - {name: vr-lyon, address: 10.2.20.5, roles: [vr-server]}
            links:
              - {name: beats, kind: heartbeat, from: esx-paris, to: vcenter-paris, service: 902/udp, every: 10s, misses: 6}
              - {name: dr, kind: replication, from: esx-paris, to: vr-lyon, service: 31031/tcp, rpo: 15m}
              - {name: far, kind: replication, from: esx-paris, to: vr-lyon, service: 32032/tcp, rpo: 15m, sources: ["netflow/10.2.255.1/*"]}
              - {name: nightly, kind: backup, from: proxy-paris, to: esx-paris, service: 902/tcp, window: {start: "22:00", start-by: "22:30", end: "04:00", zone: Europe/Paris}}
              - {name: move, kind: migration, from: esx-paris, to: vr-lyon, service: 22024/tcp}
              - {name: elsewhere, kind: presence, from: 192.0.2.1, to: 192.0.2.2, service: 443/tcp, every: 5m, misses: 2}
            sources:
              - {match: "netflow/10.2.255.1/*", reporting-delay: 40s}
            """;

    private static List<String> of(String link) {
        var entries =
                EstateFile.parse("estate.yaml", ESTATE.getBytes(UTF_8), Catalog.bundled())
                        .entries();
        Roster roster = Roster.compile(entries, "e");
        return Foresight.of(roster.link(link), roster).lines();
    }

    @Test
    void whereEverySourceIsLaterThanTheDeadlineItSaysSo() {
        assertEquals(
                List.of(
                        "beats: heartbeat esx-paris > vcenter-paris 902/udp",
                        "  missed at the earliest 2m 30s after its last sight: 1m of deadline,"
                                + " 1m 30s of reporting delay; every source reports later than the"
                                + " deadline, so all of them decide late",
                        "  seen by: 10.1.255.1 (paris, at least 1m 30s late)"),
                of("beats"));
    }

    @Test
    void theQuickestSourceOfBothSidesCounts() {
        assertEquals(
                List.of(
                        "dr: replication esx-paris > vr-lyon 31031/tcp",
                        "  missed at the earliest 23m 10s after its last sight: 22m 30s of deadline,"
                                + " 40s of reporting delay",
                        "  seen by: 10.2.255.1 (lyon, 40s late), 10.1.255.1 (paris, at least 1m 30s"
                                + " late)"),
                of("dr"));
    }

    @Test
    void aLinkThatNamesItsSourcesIsSeenByNoOthers() {
        assertEquals("  seen by: 10.2.255.1 (lyon, 40s late)", of("far").get(2));
    }

    @Test
    void windowsAndMigrationsHaveNoDeadline() {
        assertEquals(
                "  missed at the earliest 1m 30s after start-by and after the end of its window",
                of("nightly").get(1));
        assertEquals("  never missed: only a block of it is told", of("move").get(1));
    }

    @Test
    void whereNoExporterIsListedWhoeverSeesItDecides() {
        assertEquals(
                "  seen by: no exporter is listed at its sites; whoever sees it decides",
                of("elsewhere").get(2));
    }
}
