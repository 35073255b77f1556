package io.flowwarden.decode.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Flows;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Flow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GcpDecoderTest {
    private final MemoryTemplates store = new MemoryTemplates();
    private Decoder decoder = new Decoder(store);
    private final FlowBatch batch = new FlowBatch();
    private DecodeReport report;

    @Test
    void anEntryIsAFlow() {
        Flow flow =
                decode("{\"insertId\":\"x\",\"jsonPayload\":" + payload("SRC", 40000, 0) + "}")
                        .get(0);
        assertEquals("10.0.0.1", flow.getSrc());
        assertEquals("10.0.0.2", flow.getDst());
        assertEquals(40000, flow.getSrcPort());
        assertEquals(31031, flow.getDstPort());
        assertEquals(6, flow.getProtocol());
        assertEquals(0, flow.getBytes());
        assertEquals(16, flow.getPackets());
        assertEquals(Instant.parse("2025-01-01T00:00:00.250Z").toEpochMilli(), flow.getStart());
        assertEquals(Instant.parse("2025-01-01T00:00:05Z").toEpochMilli(), flow.getEnd());
        assertEquals("nanoseconds", flow.getTimeFrom());
        assertEquals("egress", flow.getDirection());
        assertEquals("net-a", flow.getVpcId());
        assertEquals("project-a", flow.getAccountId());
        assertEquals("vm-a", flow.getInterfaceId());
        assertEquals("UNKNOWN", flow.getOutcome());
        assertEquals(flow.getEnd(), report.clock());
    }

    @Test
    void aBarePayloadIsAFlowOfTheEndThatReports() {
        Flow flow = decode(payload("DEST", 40000, 0)).get(0);
        assertEquals("ingress", flow.getDirection());
        assertEquals("net-b", flow.getVpcId());
        assertEquals("vm-b", flow.getInterfaceId());
    }

    @Test
    void numbersMayBeTextsOrHaveDecimals() {
        Flow flow =
                decode(payload("SRC", 40000, 0).replace("31031", "31031.0").replace("\"16\"", "16"))
                        .get(0);
        assertEquals(31031, flow.getDstPort());
        assertEquals(16, flow.getPackets());
    }

    @Test
    void whatBothEndsReportIsCountedOnce() {
        assertEquals(1, decode(payload("SRC", 40000, 0) + payload("DEST", 40000, 0)).size());
        assertEquals(1, report.repeatedRows());
        assertEquals(2, report.rows());
        assertEquals(0, decode(payload("DEST", 40000, 0)).size(), "in a later chunk, too");
        decoder = new Decoder(store);
        assertEquals(0, decode(payload("DEST", 40000, 0)).size(), "after a restart, too");
    }

    @Test
    void anotherConnectionTimeOrReportOfTheSameEndIsNoRepeat() {
        assertEquals(1, decode(payload("SRC", 40000, 0)).size());
        assertEquals(1, decode(payload("SRC", 40000, 0)).size());
        assertEquals(1, decode(payload("DEST", 40001, 0)).size());
        assertEquals(1, decode(payload("DEST", 40000, 7)).size());
        assertEquals(0, report.repeatedRows());
    }

    @Test
    void moreReportsThanAreRememberedForgetTheOldest() {
        decode(payload("SRC", 1, 0));
        for (int port = 2; port <= BothEnds.REPORTS + 1; port++) {
            decode(payload("SRC", port, 0));
        }
        assertEquals(1, decode(payload("DEST", 1, 0)).size());
        assertEquals(0, decode(payload("DEST", 3, 0)).size());
    }

    @Test
    void onlyADispositionSaysWhatBecameOfTheTraffic() {
        String denied =
                payload("SRC", 1, 0)
                        .replace("{\"reporter\"", "{\"disposition\":\"DENIED\",\"reporter\"");
        assertEquals("REJECTED", decode(denied).get(0).getOutcome());
    }

    @Test
    void aBadRecordIsSetAsideWithItsReasonAndTheOthersAreFlows() {
        String good = payload("SRC", 40000, 0);
        List<String> bad =
                List.of(
                        good.replace("10.0.0.1", "10.0.0.1.1"),
                        good.replace("\"src_ip\":\"10.0.0.1\",", ""),
                        good.replace("31031", "1e5"),
                        good.replace("31031", "70000"),
                        good.replace("2025-01-01T00:00:05Z", "yesterday"),
                        "{}",
                        good.replace("\"reporter\":", "\"reporter\""));
        assertEquals(2, decode(good + String.join("\n", bad) + good).size());
        assertEquals(bad.size(), report.rejectedRows());
        assertEquals(bad.size() + 2, report.rows());
        assertEquals(
                List.of(
                        Reason.BAD_VALUE,
                        Reason.MISSING_VALUE,
                        Reason.BAD_VALUE,
                        Reason.BAD_VALUE,
                        Reason.BAD_VALUE,
                        Reason.MISSING_VALUE,
                        Reason.BAD_JSON),
                report.parts().stream().map(DecodeReport.Part::reason).toList());
        assertTrue(
                report.parts().get(4).detail().contains("end_time is 'yesterday', not a time"),
                report.parts().get(4).detail());
    }

    @Test
    void nothingThatIsCutOrChangedIsOurFault() {
        byte[] whole =
                (payload("SRC", 1, 0) + payload("DEST", 2, 0)).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            decode(Arrays.copyOf(whole, length));
            assertTrue(report.rejected() != Reason.DECODER_FAULT, report.detail());
        }
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = whole.clone();
            for (int k = random.nextInt(8); k >= 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            decode(changed);
            assertTrue(report.rejected() != Reason.DECODER_FAULT, report.detail());
        }
    }

    private List<Flow> decode(String chunk) {
        return decode(chunk.getBytes(StandardCharsets.UTF_8));
    }

    private List<Flow> decode(byte[] chunk) {
        var raw = new RawRecord("gcp/x", RawFormat.GCP, 7, null, null, null, null, false, chunk);
        report = decoder.decode(raw, batch);
        var flows = new ArrayList<Flow>();
        for (int row = 0; row < batch.size(); row++) {
            flows.add(Flows.of(batch, row));
        }
        return flows;
    }

    private static String payload(String reporter, int port, int minute) {
        return """
                {"reporter":"%s","connection":{"src_ip":"10.0.0.1","dest_ip":"10.0.0.2","src_port":%d,\
                "dest_port":31031,"protocol":6},"bytes_sent":"0","packets_sent":"16",\
                "start_time":"2025-01-01T00:0%d:00.25Z","end_time":"2025-01-01T00:0%d:05Z",\
                "src_instance":{"vm_name":"vm-a"},"dest_instance":{"vm_name":"vm-b","managed_instance_group":{"name":"m"}},\
                "src_vpc":{"vpc_name":"net-a","project_id":"project-a"},"dest_vpc":{"vpc_name":"net-b"}}"""
                .formatted(reporter, port, minute, minute);
    }
}
