package io.flowwarden.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.cli.Running;
import io.flowwarden.decode.golden.Json;
import io.flowwarden.testkit.Await;
import io.flowwarden.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exporters that people run see the same packets and send what they make of them to {@code
 * live}, to nfdump and, as a capture, to tshark. All three say the same: so many flows, packets,
 * bytes.
 */
final class RealExportersIT {
    /** Loopback addresses from here on, one for each exporter, so that each is a source. */
    private static final int FIRST_ADDRESS = 11;

    private static final List<Export> EXPORTS = new ArrayList<>();

    @TempDir private static Path folder;
    private static Capture traffic;
    private static long begun;
    private static List<Map<String, Object>> flows;

    @BeforeAll
    static void exportEverything() throws Exception {
        Shell.require("softflowd", "softflowd");
        Shell.require("pmacctd", "pmacct");
        Shell.require("fprobe", "fprobe");
        Shell.require("tcpreplay", "tcpreplay");
        Shell.require("tcpdump", "tcpdump");
        Shell.require("nfcapd", "nfdump");
        Shell.require("sfcapd", "nfdump-sflow");
        Shell.require("tshark", "tshark");
        begun = System.currentTimeMillis() - 1000 * (Traffic.SECONDS + 1);
        traffic = Traffic.from(begun * 1000);
        // Exporters that give up being root must still get at it.
        Path capture = Files.createTempFile("flowwarden-traffic", ".pcap");
        traffic.write(capture);
        assertTrue(capture.toFile().setReadable(true, false));
        try (var live =
                Running.start(
                        folder,
                        "live",
                        "--listen",
                        "127.0.0.1:0",
                        "--http",
                        "127.0.0.1:0",
                        "--flows",
                        "all",
                        "--json")) {
            var exporters = new ArrayList<>(Exporter.all());
            if (Shell.maySeparateNetworks()) {
                exporters.add(Exporter.fprobe());
            }
            for (Exporter exporter : exporters) {
                int number = EXPORTS.size();
                EXPORTS.add(
                        new Export(
                                exporter,
                                "127.0.0." + (FIRST_ADDRESS + number),
                                Files.createDirectory(folder.resolve("" + number)),
                                capture,
                                live.udp()));
            }
            long sent = 0;
            for (Export export : EXPORTS) {
                sent += export.finish();
            }
            flows = judged(live, sent);
            assertEquals(0, live.stop(), live.said());
        } finally {
            Files.delete(capture);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (Export export : EXPORTS) {
            export.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> liveNfdumpAndTsharkCountTheSame() {
        return EXPORTS.stream()
                .map(each -> DynamicTest.dynamicTest(each.exporter().name(), () -> check(each)));
    }

    /** What is not sampled is complete: the sums are those of the packets themselves. */
    @TestFactory
    Stream<DynamicTest> liveCountsThePacketsThatWereThere() {
        return EXPORTS.stream()
                .filter(each -> each.exporter().complete())
                .map(
                        each ->
                                DynamicTest.dynamicTest(
                                        each.exporter().name(),
                                        () -> {
                                            Sums live = live(each);
                                            assertEquals(traffic.packets(), live.packets());
                                            assertEquals(traffic.bytes(), live.bytes());
                                            if (each.exporter().directions() == 1) {
                                                assertEquals(Traffic.FLOWS, live.flows());
                                            }
                                        }));
    }

    @Test
    void everyFlowIsWithinTheTimeOfItsPackets() {
        for (Map<String, Object> flow : flows) {
            assertEquals(false, flow.get("clamped"), flow.toString());
            long start = Instant.parse((String) flow.get("start")).toEpochMilli();
            long end = Instant.parse((String) flow.get("end")).toEpochMilli();
            assertTrue(start <= end, flow.toString());
            // v5 and v9 tell seconds and uptime, each rounded.
            assertTrue(start >= begun - 1_000, flow.toString());
        }
    }

    @Test
    void fprobeWasAmongThem() {
        if (EXPORTS.stream().noneMatch(each -> each.exporter().name().equals("fprobe"))) {
            Peers.absent(
                    "fprobe listens to interfaces only: run as root, who may give it a network of"
                            + " its own (unshare --net)");
        }
    }

    private static void check(Export export) throws Exception {
        Sums live = live(export);
        assertTrue(live.flows() > 0);
        assertEquals(live, export.tshark(), "tshark");
        Exporter exporter = export.exporter();
        Sums nfdump = export.nfdump();
        assertEquals(
                live,
                exporter.nfdumpApplies() ? nfdump : nfdump.sampled(exporter.sampling()),
                "nfdump");
        for (Map<String, Object> flow : of(export)) {
            Object sampling = flow.get("sampling");
            assertEquals(
                    exporter.sampling(), sampling == null ? 1 : number(sampling), flow.toString());
        }
    }

    /** What live printed once it had judged all of it. */
    private static List<Map<String, Object>> judged(Running live, long datagrams)
            throws IOException {
        live.awaitSaying("judging");
        Await.until(
                datagrams + " datagrams to be decoded",
                () -> metric(live, "decoded_total") == datagrams,
                () -> live.body("/metrics"));
        Await.until(
                "every flow to be printed",
                () -> flowLines(live).size() >= metric(live, "judged_total"),
                () -> live.lines().size());
        var judged = new ArrayList<Map<String, Object>>();
        for (String line : flowLines(live)) {
            judged.add(Json.object(Json.read(line)));
        }
        assertFalse(judged.isEmpty());
        return judged;
    }

    /** Without the alerts. */
    private static List<String> flowLines(Running live) {
        return live.lines().stream().filter(line -> line.contains("\"type\":\"flow\"")).toList();
    }

    private static long metric(Running live, String name) {
        return (long)
                live.body("/metrics")
                        .lines()
                        .filter(line -> line.startsWith("flowwarden_" + name + " "))
                        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                        .sum();
    }

    private static List<Map<String, Object>> of(Export export) {
        return flows.stream()
                .filter(flow -> export.address().equals(flow.get("exporter")))
                .toList();
    }

    private static Sums live(Export export) {
        return of(export).stream()
                .map(
                        flow ->
                                new Sums(
                                        1,
                                        number(flow.get("packets"))
                                                + number(flow.get("reverse_packets")),
                                        number(flow.get("bytes"))
                                                + number(flow.get("reverse_bytes"))))
                .reduce(Sums.NONE, Sums::plus);
    }

    private static long number(Object value) {
        return value == null ? 0 : ((Number) value).longValue();
    }
}
