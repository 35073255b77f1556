package io.flowwarden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.ExportBytes;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.JudgedFlow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An exporter that does not know the time harms nobody. */
class BadClockPromiseTest {
    private static final long RECEIVED = Instant.parse("2026-11-20T22:00:00Z").toEpochMilli();
    private static final long IN_2099 = Instant.parse("2099-01-01T00:00:00Z").getEpochSecond();
    private static final long IN_1970 = 4_000;
    private static final int FLOWS = 20;
    private static final byte[] TEMPLATE =
            ExportBytes.set(
                    0,
                    ExportBytes.template(
                            300, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 1, 4, 2, 4, 22, 4, 21, 4));

    @Test
    void clocksOf2099And1970ChangeNobodyElsesFlows() throws IOException {
        List<JudgedFlow> alone = judged(false);
        List<JudgedFlow> among = judged(true);
        assertEquals(FLOWS, alone.size());
        assertEquals(3 * FLOWS, among.size());
        assertEquals(alone, of(among, "10.0.0.1"));
        assertTrue(alone.stream().noneMatch(flow -> flow.getFlow().getClamped()));
        for (String exporter : List.of("10.0.0.2", "10.0.0.3")) {
            List<JudgedFlow> bent = of(among, exporter);
            assertEquals(FLOWS, bent.size());
            for (JudgedFlow judged : bent) {
                var flow = judged.getFlow();
                assertTrue(flow.getClamped());
                assertEquals(RECEIVED, flow.getEnd());
                assertEquals(RECEIVED - 7_000, flow.getStart());
                assertEquals("uptime", flow.getTimeFrom());
                assertEquals("PLAUSIBLE", judged.getVerdict(), "judged all the same");
            }
        }
    }

    @Test
    void whatIsMovedIsCounted() throws IOException {
        try (var scene = scene()) {
            scene.pipe(datagram("10.0.0.2", IN_2099, 1));
            scene.pipe(datagram("10.0.0.1", RECEIVED / 1000, 1));
            assertEquals(1, scene.sum("clamped"));
            scene.assertBalanced();
        }
    }

    @Test
    void linesOfALogAreNeverMoved() throws IOException {
        try (var scene = scene()) {
            byte[] line =
                    ("2 123456789012 eni-0a1b2c3d 10.1.0.1 10.2.0.2 50000 31031 6 10 1000 4 7"
                                    + " ACCEPT OK\n")
                            .getBytes(UTF_8);
            scene.pipe(raw("aws/eni-0a1b2c3d", RawFormat.AWS, line));
            var flow = scene.flows().get(0).getFlow();
            assertEquals(7_000, flow.getEnd());
            assertFalse(flow.getClamped());
            assertEquals(0, scene.sum("clamped"));
        }
    }

    private static List<JudgedFlow> judged(boolean badOnesToo) throws IOException {
        try (var scene = scene()) {
            var flows = new ArrayList<JudgedFlow>();
            for (int i = 0; i < FLOWS; i++) {
                if (badOnesToo) {
                    scene.pipe(datagram("10.0.0.2", IN_2099 + i, i));
                    scene.pipe(datagram("10.0.0.3", IN_1970 + i, i));
                }
                scene.pipe(datagram("10.0.0.1", RECEIVED / 1000 - 1, i));
                flows.addAll(scene.flows());
            }
            return flows;
        }
    }

    private static List<JudgedFlow> of(List<JudgedFlow> flows, String exporter) {
        return flows.stream()
                .filter(flow -> flow.getFlow().getExporter().equals(exporter))
                .toList();
    }

    private static TopologyScene scene() throws IOException {
        var scene = new TopologyScene(FlowsWanted.ALL, 1);
        scene.publish(List.of());
        return scene;
    }

    /** A flow of seven seconds that ended when it was exported. */
    private static RawRecord datagram(String exporter, long seconds, int i) {
        byte[] flow =
                ExportBytes.raw()
                        .ip("10.1.10.11")
                        .ip("10.2.20.5")
                        .u16(50_000 + i)
                        .u16(31_031)
                        .u8(6)
                        .u32(1_000 + i)
                        .u32(10)
                        .u32(993_000)
                        .u32(1_000_000)
                        .get();
        return raw(
                "netflow/" + exporter + "/0",
                RawFormat.NETFLOW,
                ExportBytes.v9(seconds, 1_000_000, 0, TEMPLATE, ExportBytes.set(300, flow)));
    }

    private static RawRecord raw(String source, RawFormat format, byte[] value) {
        String exporter = format == RawFormat.NETFLOW ? source.split("/")[1] : null;
        return new RawRecord(source, format, RECEIVED, exporter, null, null, null, false, value);
    }
}
