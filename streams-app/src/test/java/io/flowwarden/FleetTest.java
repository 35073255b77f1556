package io.flowwarden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.resilience.Exporter;
import io.flowwarden.schemas.Alert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten thousand hosts that beat across two sites, through the whole line. */
class FleetTest {
    private static final int HOSTS = 10_000;
    private static final long BEGIN = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
    private static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16]%s}
              - {name: lyon, networks: [10.2.0.0/16], exporters: [10.2.255.1]}
            endpoints:
              - {name: fleet, address: 10.1.0.0/17, roles: [esxi-host]}
              - {name: vcenter-lyon, address: 10.2.20.2, roles: [vcenter-server]}
              - {name: vr-lyon, address: 10.2.20.5, roles: [vr-appliance, vr-server]}
            links:
              - {name: beats, kind: heartbeat, from: fleet, to: vcenter-lyon, service: 902/udp, every: 60s, misses: 3}
              - {name: dr, kind: replication, from: fleet, to: vr-lyon, service: 32032/tcp, rpo: 15m}
            """;

    private final Exporter paris = new Exporter("10.1.255.1");
    private final Exporter lyon = new Exporter("10.2.255.1");
    private TopologyScene scene;
    private long now = BEGIN;

    private void open(String parisExporters) throws IOException {
        scene = new TopologyScene(FlowsWanted.NONE, 1);
        scene.publish(
                EstateFile.parse(
                                "estate.yaml",
                                ESTATE.formatted(parisExporters).getBytes(StandardCharsets.UTF_8),
                                Catalog.bundled())
                        .entries());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void theOnlyExporterOfTenThousandHostsDiesAndThatIsOneAlert() throws IOException {
        open("");
        minutes(7, List.of(lyon), List.of(lyon));
        assertEquals(List.of(), scene.alerts());
        minutes(30, List.of(), List.of());
        List<Alert> alerts = scene.alerts();
        assertEquals(1, alerts.size(), alerts::toString);
        assertEquals("TELEMETRY_LOST", alerts.get(0).getKind());
        assertEquals("10.2.255.1", alerts.get(0).getSubject().getExporter());
        minutes(1, List.of(lyon), List.of(lyon));
        alerts = scene.alerts();
        assertEquals(1, alerts.size(), alerts::toString);
        assertEquals("RESOLVED", alerts.get(0).getState());
    }

    @Test
    void theRouterBetweenDiesAndOneAlertIsTheCauseOfAll() throws IOException {
        open("");
        routerDies(List.of(lyon), "HEARTBEAT_MISSING");
    }

    @Test
    void whereTheStartIsSeenTooOneAlertIsTheCauseOfAll() throws IOException {
        open(", exporters: [10.1.255.1]");
        routerDies(List.of(paris, lyon), "PATH_LOST");
    }

    /** What Paris sends goes on, Lyon's exporter lives and sees nothing of it. */
    private void routerDies(List<Exporter> exporters, String kind) throws IOException {
        minutes(7, exporters, exporters);
        assertEquals(List.of(), scene.alerts());
        List<Exporter> near = exporters.stream().filter(e -> e != lyon).toList();
        minutes(9, near, exporters);

        Map<String, Alert> open = byId(scene.alerts());
        List<Alert> causes = open.values().stream().filter(a -> a.getCause() == null).toList();
        assertEquals(1, causes.size(), () -> causes.stream().map(Alert::getTitle).toList() + "");
        Alert cause = causes.get(0);
        assertEquals("PATH_LOST", cause.getKind());
        assertNull(cause.getSubject().getLink());
        assertEquals(HOSTS + 1, open.size());
        for (Alert alert : open.values()) {
            assertEquals("OPEN", alert.getState());
            if (alert != cause) {
                assertEquals(cause.getId(), alert.getCause(), alert.getTitle());
                assertEquals(kind, alert.getKind());
            }
        }

        minutes(2, exporters, exporters);
        Map<String, Alert> over = byId(scene.alerts());
        assertEquals(open.keySet(), over.keySet());
        over.values().forEach(alert -> assertEquals("RESOLVED", alert.getState()));
    }

    private static Map<String, Alert> byId(List<Alert> alerts) {
        var last = new TreeMap<String, Alert>();
        alerts.forEach(alert -> last.put(alert.getId(), alert));
        return last;
    }

    /**
     * Time passes.
     *
     * @param see who sees the hosts beat
     * @param alive who exports
     */
    private void minutes(int minutes, List<Exporter> see, List<Exporter> alive) throws IOException {
        for (long end = now + minutes * 60_000L; now < end; now += 5_000) {
            scene.pipe(
                    new RawRecord(
                            "collector",
                            RawFormat.TICK,
                            now,
                            null,
                            null,
                            null,
                            null,
                            false,
                            new byte[0]));
            int twelfth = (int) (now / 5_000 % 12);
            for (Exporter exporter : see) {
                for (int host = twelfth; host < HOSTS; host += 12) {
                    exporter.sees(
                            now, address(host), 50_902, "10.2.20.2", 902, Exporter.UDP, 0, 1, 120);
                }
                exporter.sees(
                        now,
                        "10.1.0.9",
                        50_000,
                        "10.2.20.5",
                        32_032,
                        Exporter.TCP,
                        0x1b,
                        90,
                        90_000);
            }
            for (Exporter exporter : alive) {
                exporter.export(now, scene::pipe);
            }
        }
    }

    private static String address(int host) {
        return "10.1." + host / 250 + "." + (1 + host % 250);
    }
}
