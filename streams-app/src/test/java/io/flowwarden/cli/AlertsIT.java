package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.ExportBytes;
import io.flowwarden.decode.golden.Json;
import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator at a running {@code live}: what is wrong, who is at it, what a draft would change.
 */
final class AlertsIT {
    private static final byte[] TEMPLATE =
            ExportBytes.set(
                    0, ExportBytes.template(300, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 6, 1, 1, 4, 2, 4));

    @TempDir Path folder;

    @Test
    void anAlertIsListedAcknowledgedMutedAndReplayedUnderADraft() throws Exception {
        Path estate = estate("roles: [esxi-host]");
        Path draft = estate("roles: [backup-proxy]");
        Path data = folder.resolve("data");
        Instant begun = Instant.now().minusSeconds(60);
        try (var running =
                Running.start(
                        folder,
                        "live",
                        "--data",
                        data.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--http",
                        "off",
                        "--estate",
                        estate.toString(),
                        "--json")) {
            running.awaitSaying("judging");
            send(running, flow("10.1.10.11", "203.0.113.9", 4444, 2));
            send(running, flow("10.1.10.11", "10.2.20.5", 31_031, 27));
            String config = data.resolve("cluster.yaml").toString();
            Map<String, Object> alert = awaitAlert(running, "UNEXPECTED_FLOW", null);
            assertEquals("FOREIGN_SERVER", alert.get("reason"));
            String id = (String) alert.get("id");

            var listed = Flowwarden.run(folder, "alerts", "list", "--config", config);
            assertEquals(Exit.OK, listed.status(), listed.err());
            assertTrue(listed.out().contains(id), listed.out());
            var shown = Flowwarden.run(folder, "alerts", "show", id, "--config", config);
            assertTrue(shown.out().contains("FOREIGN_SERVER"), shown.out());

            var acked =
                    Flowwarden.run(folder, "alerts", "ack", id, "--by", "anna", "--config", config);
            assertEquals(Exit.OK, acked.status(), acked.err());
            awaitAlert(running, "UNEXPECTED_FLOW", "acked_by");
            var muted =
                    Flowwarden.run(
                            folder,
                            "alerts",
                            "mute",
                            id,
                            "--by",
                            "anna",
                            "--for",
                            "1h",
                            "--because",
                            "known",
                            "--config",
                            config);
            assertEquals(Exit.OK, muted.status(), muted.err());
            assertEquals(
                    "anna: known",
                    awaitAlert(running, "UNEXPECTED_FLOW", "muted_by").get("muted_by"));

            var nobody = Flowwarden.run(folder, "alerts", "show", "nobody", "--config", config);
            assertEquals(Exit.USAGE, nobody.status());
            assertTrue(nobody.err().contains("nobody"), nobody.err());

            var replayed =
                    Flowwarden.run(
                            folder,
                            "replay",
                            "--from",
                            begun.toString(),
                            "--to",
                            Instant.now().plusSeconds(60).toString(),
                            "--estate",
                            draft.toString(),
                            "--config",
                            config);
            assertEquals(Exit.OK, replayed.status(), replayed.err());
            assertTrue(replayed.out().contains("2 raw records, 2 flows"), replayed.out());
            assertTrue(
                    replayed.out()
                            .contains(
                                    "1         0  EXPECTED "
                                            + " vsphere-replication-31031-tcp-esxi-host-vr-server"),
                    replayed.out());
            assertTrue(replayed.out().contains("Alerts that would appear: 1"), replayed.out());

            var health = Flowwarden.run(folder, "estate", "health", "--config", config);
            assertEquals(Exit.OK, health.status(), health.err());
            assertTrue(health.out().contains("2 flows of 2 raw records"), health.out());
            assertTrue(
                    health.out().contains("Rules of the catalog that matched: 1;"), health.out());
        }
    }

    private Path estate(String roles) throws IOException {
        return Files.writeString(
                Files.createTempFile(folder, "estate", ".yaml"),
                """
                sites:
                  - {name: paris, networks: [10.1.0.0/16]}
                  - {name: lyon, networks: [10.2.0.0/16]}
                endpoints:
                  - {name: client, address: 10.1.10.11, %s}
                  - {name: vr-lyon, address: 10.2.20.5, roles: [vr-server]}
                """
                        .formatted(roles));
    }

    private static byte[] flow(String client, String server, int port, int flags) {
        return ExportBytes.set(
                300,
                ExportBytes.raw()
                        .ip(client)
                        .ip(server)
                        .u16(50_123)
                        .u16(port)
                        .u8(6)
                        .u8(flags)
                        .u32(12_340)
                        .u32(10)
                        .get());
    }

    private static void send(Running running, byte[] flow) throws IOException {
        byte[] datagram =
                ExportBytes.v9(System.currentTimeMillis() / 1000, 1_000_000, 5, TEMPLATE, flow);
        try (var socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(datagram, datagram.length, running.udp()));
        }
    }

    /** The newest alert of the kind that has this field, as soon as it is printed. */
    private static Map<String, Object> awaitAlert(Running running, String kind, String field) {
        Await.until(
                kind + " with " + field,
                () -> running.isAlive() && !alerts(running, kind, field).isEmpty(),
                () -> running.lines() + running.said());
        List<Map<String, Object>> found = alerts(running, kind, field);
        return found.get(found.size() - 1);
    }

    private static List<Map<String, Object>> alerts(Running running, String kind, String field) {
        return running.lines().stream()
                .map(AlertsIT::object)
                .filter(object -> kind.equals(object.get("kind")))
                .filter(object -> field == null || object.get(field) != null)
                .toList();
    }

    private static Map<String, Object> object(String line) {
        try {
            return Json.object(Json.read(line));
        } catch (IOException broken) {
            throw new AssertionError(line, broken);
        }
    }
}
