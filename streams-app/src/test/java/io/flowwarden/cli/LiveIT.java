package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.ExportBytes;
import io.flowwarden.decode.golden.Json;
import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code live} as a person starts it: a process, a folder, exporters on loopback. */
final class LiveIT {
    private static final long DOMAIN = 5;
    private static final byte[] TEMPLATE =
            ExportBytes.set(
                    0, ExportBytes.template(300, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 6, 1, 1, 4, 2, 4));

    private static final Pattern SECOND = Pattern.compile("127\\.0\\.0\\.2:(\\d+)");

    @TempDir Path folder;

    @Test
    void killedAndStartedAgainItReadsAKnownExporterBeforeItsNextTemplate() throws Exception {
        try (var running = live("--flows", "all", "--json")) {
            send(running, TEMPLATE, data(1001));
            awaitFlow(running, 1001);
            running.kill();
        }
        try (var running = live("--flows", "all", "--json")) {
            send(running, data(1002));
            awaitFlow(running, 1002);
            String metrics = running.body("/metrics");
            assertEquals(0, metric(metrics, "skipped_total{reason=\"NO_TEMPLATE\"}"), metrics);
            assertEquals(2, metric(metrics, "judged_total"), metrics);
            assertEquals(2, metric(metrics, "decoded_total"), metrics);
            assertEquals(1, metric(metrics, "udp_received_total"), metrics);
            // The group may balance once more behind the flow, and is not ready meanwhile.
            Await.until("ready", () -> running.status("/health/ready") == 200, running::said);
            long asked = System.nanoTime();
            assertEquals(0, running.stop(), running.said());
            long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - asked);
            assertTrue(took < 15, "stopping took " + took + " s");
            // What the one before it had shown is not shown again, unless it died in between.
            assertTrue(ports(running).stream().filter(port -> port == 1002).count() == 1);
        }
    }

    @Test
    void changedEstateIsOneRevisionAndStaysUntilTheNext() throws Exception {
        Path first = estate("esxi-host");
        Path second = estate("backup-proxy");
        String before;
        try (var running = live("--estate", first.toString(), "--flows", "all", "--json")) {
            send(running, TEMPLATE, data(1001));
            Map<String, Object> flow = awaitFlow(running, 1001);
            assertEquals("EXPECTED", flow.get("verdict"), flow.toString());
            before = (String) flow.get("estate_revision");
            assertEquals(0, running.stop(), running.said());
        }
        String after;
        try (var running = live("--estate", second.toString(), "--flows", "all", "--json")) {
            send(running, data(1002));
            Map<String, Object> flow = awaitFlow(running, 1002);
            assertEquals("UNEXPECTED", flow.get("verdict"), flow.toString());
            after = (String) flow.get("estate_revision");
            assertFalse(before.equals(after), after);
            assertEquals(List.of(1002), ports(running), "shown before");
            assertEquals(0, running.stop(), running.said());
        }
        try (var running = live()) {
            send(running, data(1003));
            Await.until(
                    "the flow",
                    () -> running.isAlive() && running.lines().stream().anyMatch(LiveIT::tellsIt),
                    () -> running.lines() + running.said());
        }
    }

    @Test
    void secondOneOnTheSameDataIsRefusedAndTheFirstGoesOn() throws Exception {
        try (var running = live("--flows", "all", "--json")) {
            running.awaitSaying("data in");
            var second =
                    Flowwarden.run(
                            folder,
                            "live",
                            "--data",
                            data().toString(),
                            "--listen",
                            "127.0.0.1:0",
                            "--http",
                            "off");
            assertEquals(Exit.USAGE, second.status(), second.err());
            assertEquals("", second.out());
            assertTrue(second.err().contains(data().toString()), second.err());
            assertTrue(second.err().contains("process " + running.pid()), second.err());
            running.awaitSaying("judging");
            send(running, TEMPLATE, data(1001));
            awaitFlow(running, 1001);
        }
    }

    @Test
    void takenPortIsSaidBeforeAnythingStarts() throws Exception {
        try (var http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var udp = DatagramChannel.open().bind(loopback(0))) {
            String takenUdp = "127.0.0.1:" + ((InetSocketAddress) udp.getLocalAddress()).getPort();
            String takenHttp = "127.0.0.1:" + http.getLocalPort();
            assertRefused("udp 127.0.0.1", "live", "--listen", takenUdp, "--http", "off");
            assertRefused(takenHttp, "live", "--listen", "127.0.0.1:0", "--http", takenHttp);
            assertRefused("--listen was nonsense", "live", "--listen", "nonsense");
        }
    }

    @Test
    void everyListenerIsHeardAndWhatIsNoExportIsCounted() throws Exception {
        try (var running =
                Running.start(
                        folder,
                        "live",
                        "--listen",
                        "127.0.0.1:0",
                        "--listen",
                        "127.0.0.2:0",
                        "--http",
                        "127.0.0.1:0",
                        "--flows",
                        "all",
                        "--json")) {
            running.awaitSaying("judging");
            assertTrue(running.said().contains("--data"), running.said());
            send(second(running), datagram(TEMPLATE, data(1001)));
            send(running, TEMPLATE, data(1002));
            send(running.udp(), "GET / HTTP/1.1".getBytes(UTF_8));
            Map<String, Object> flow = awaitFlow(running, 1001);
            assertEquals("netflow/127.0.0.2/" + DOMAIN, flow.get("source"));
            assertEquals("netflow/127.0.0.1/" + DOMAIN, awaitFlow(running, 1002).get("source"));
            Await.until(
                    "the count",
                    () -> metric(running.body("/metrics"), "udp_refused_total") == 1,
                    () -> running.body("/metrics"));
        }
    }

    @Test
    void exporterThatTheConfigurationDoesNotListIsCountedAtTheSocket() throws Exception {
        Path config =
                Files.writeString(
                        folder.resolve("flowwarden.yaml"), "limits.exporters: [127.0.0.2]\n");
        try (var running =
                live(
                        "--listen",
                        "127.0.0.2:0",
                        "--config",
                        config.toString(),
                        "--flows",
                        "all",
                        "--json")) {
            running.awaitSaying("judging");
            var second = second(running);
            send(running.udp(), datagram(TEMPLATE, data(1001)));
            send(second, datagram(TEMPLATE, data(1002)));
            awaitFlow(running, 1002);
            Await.until(
                    "the count",
                    () -> metric(running.body("/metrics"), "udp_unlisted_total") == 1,
                    () -> running.body("/metrics"));
            assertEquals(0, running.stop(), running.said());
            assertEquals(List.of(1002), ports(running));
            assertTrue(running.said().contains("unlisted 1"), running.said());
        }
    }

    /** Beside the alerts. */
    private static boolean tellsIt(String line) {
        return line.contains("UNEXPECTED") && line.contains("10.1.10.11 > 10.2.20.5:31031/tcp");
    }

    private static InetSocketAddress second(Running running) {
        var found = SECOND.matcher(running.said());
        assertTrue(found.find(), running.said());
        return new InetSocketAddress("127.0.0.2", Integer.parseInt(found.group(1)));
    }

    private void assertRefused(String why, String... arguments) throws Exception {
        var ran = Flowwarden.run(folder, arguments);
        assertEquals(Exit.USAGE, ran.status(), ran.err());
        assertTrue(ran.err().contains(why), ran.err());
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Started, and judging. */
    private Running live(String... more) throws IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "live",
                                "--data",
                                data().toString(),
                                "--listen",
                                "127.0.0.1:0",
                                "--http",
                                "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        return Running.start(folder, arguments.toArray(String[]::new));
    }

    private Path estate(String roleOfClient) throws IOException {
        return Files.writeString(
                Files.createTempFile(folder, "estate", ".yaml"),
                """
                endpoints:
                  - {name: client, address: 10.1.10.11, roles: [%s]}
                  - {name: vr-lyon, address: 10.2.20.5, roles: [vr-server]}
                """
                        .formatted(roleOfClient));
    }

    private static byte[] data(int clientPort) {
        return ExportBytes.set(
                300,
                ExportBytes.raw()
                        .ip("10.1.10.11")
                        .ip("10.2.20.5")
                        .u16(clientPort)
                        .u16(31_031)
                        .u8(6)
                        .u8(2)
                        .u32(1234)
                        .u32(10)
                        .get());
    }

    private static byte[] datagram(byte[]... sets) {
        return ExportBytes.v9(System.currentTimeMillis() / 1000, 1_000_000, DOMAIN, sets);
    }

    private static void send(Running running, byte[]... sets) throws IOException {
        send(running.udp(), datagram(sets));
    }

    private static void send(InetSocketAddress to, byte[] datagram) throws IOException {
        try (var channel = DatagramChannel.open()) {
            // As an exporter of that address: by itself the system takes 127.0.0.1 for all.
            channel.bind(new InetSocketAddress(to.getAddress(), 0));
            channel.send(ByteBuffer.wrap(datagram), to);
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** The flow of this client port, as soon as it is printed. */
    private static Map<String, Object> awaitFlow(Running running, int clientPort) {
        Await.until(
                "the flow of port " + clientPort,
                () -> running.isAlive() && ports(running).contains(clientPort),
                () -> running.lines() + running.said());
        return flows(running).stream()
                .filter(flow -> port(flow) == clientPort)
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> flows(Running running) {
        return running.lines().stream()
                .map(LiveIT::object)
                .filter(object -> "flow".equals(object.get("type")))
                .toList();
    }

    private static Map<String, Object> object(String line) {
        try {
            return Json.object(Json.read(line));
        } catch (IOException broken) {
            throw new AssertionError(line, broken);
        }
    }

    private static List<Integer> ports(Running running) {
        return flows(running).stream().map(LiveIT::port).toList();
    }

    private static int port(Map<String, Object> flow) {
        return ((Number) flow.get("src_port")).intValue();
    }

    /** Value of a sample, 0 where it is not told. */
    private static double metric(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith("flowwarden_" + name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
