package io.flowwarden.decode.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Flows;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Flow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AzureDecoderTest {
    private static final String VNET =
            "1663146003606,10.0.0.6,52.239.184.180,23956,443,6,O,E,NX,3,767,2,1580";
    private static final String NSG = "1651525208,10.1.2.4,20.61.101.39,50030,31031,T,I,D,B,,,,";

    private final Decoder decoder = new Decoder(new MemoryTemplates());
    private final FlowBatch batch = new FlowBatch();
    private DecodeReport report;

    @Test
    void aVnetTupleIsAFlowOfBothDirections() {
        Flow flow = decode(record(VNET)).get(0);
        assertEquals(1663146003606L, flow.getStart());
        assertEquals(flow.getStart(), flow.getEnd());
        assertEquals("milliseconds", flow.getTimeFrom());
        assertEquals("10.0.0.6", flow.getSrc());
        assertEquals("52.239.184.180", flow.getDst());
        assertEquals(23956, flow.getSrcPort());
        assertEquals(443, flow.getDstPort());
        assertEquals(6, flow.getProtocol());
        assertEquals(767, flow.getBytes());
        assertEquals(3, flow.getPackets());
        assertEquals(1580, flow.getReverseBytes());
        assertEquals(2, flow.getReversePackets());
        assertEquals("ACCEPTED", flow.getOutcome());
        assertEquals("egress", flow.getDirection());
        assertEquals("00:22:48:71:c2:05", flow.getSrcMac());
        assertNull(flow.getDstMac());
        assertEquals("sub-1", flow.getAccountId());
        assertEquals("spoke1", flow.getVpcId());
        assertEquals(1663146003606L, report.clock());
        assertEquals(FlowColumn.INITIATOR_SRC, batch.get(0, FlowColumn.INITIATOR));
    }

    @Test
    void anNsgTupleThatWasDeniedIsRejectedAndItsEmptyCountersWereNotExported() {
        Flow flow = decode(record(NSG)).get(0);
        assertEquals(1651525208000L, flow.getEnd());
        assertEquals("seconds", flow.getTimeFrom());
        assertEquals(6, flow.getProtocol());
        assertEquals("REJECTED", flow.getOutcome());
        assertEquals("ingress", flow.getDirection());
        assertNull(flow.getBytes());
        assertNull(flow.getReversePackets());
        assertEquals("00:22:48:71:c2:05", flow.getDstMac());
    }

    @Test
    void versionOneHasNoCounters() {
        Flow flow = decode(record("1487282421,192.0.2.95,10.1.0.4,51529,53,U,I,A")).get(0);
        assertEquals(17, flow.getProtocol());
        assertEquals("ACCEPTED", flow.getOutcome());
        assertNull(flow.getPackets());
    }

    @Test
    void aVnetFlowThatWasDeniedSaysSoInItsState() {
        Flow flow = decode(record(VNET.replace(",E,", ",D,"))).get(0);
        assertEquals("REJECTED", flow.getOutcome());
    }

    @Test
    void icmpHasNoPorts() {
        Flow flow = decode(record(VNET.replace("23956,443,6", "0,0,1"))).get(0);
        assertNull(flow.getSrcPort());
        assertEquals(1, flow.getProtocol());
    }

    @Test
    void aBadTupleIsSetAsideWithItsReasonAndTheOthersAreFlows() {
        List<String> bad =
                List.of(
                        VNET.replace("10.0.0.6", "10.0.0.256"),
                        VNET.replace("443", "65536"),
                        VNET.replace(",6,", ",256,"),
                        VNET.replace(",E,", ",X,"),
                        VNET.replace("767", "x"),
                        VNET.replace("1663146003606", ""),
                        VNET + ",1",
                        NSG.replace(",D,", ",?,"),
                        "1,2");
        List<String> tuples = new ArrayList<>(bad);
        tuples.add(0, VNET);
        tuples.add(VNET);
        assertEquals(2, decode(record(tuples.toArray(String[]::new))).size());
        assertEquals(bad.size() + 2, report.rows());
        assertEquals(bad.size(), report.rejectedRows());
        assertEquals(
                List.of(
                        Reason.BAD_VALUE,
                        Reason.BAD_VALUE,
                        Reason.BAD_VALUE,
                        Reason.BAD_VALUE,
                        Reason.BAD_VALUE,
                        Reason.MISSING_VALUE,
                        Reason.BAD_COUNT,
                        Reason.BAD_VALUE,
                        Reason.TOO_FEW_VALUES),
                report.parts().stream().map(DecodeReport.Part::reason).toList());
        assertTrue(
                report.parts().get(1).detail().contains("value 5, the port, is '65536'"),
                report.parts().get(1).detail());
    }

    @Test
    void aRecordThatIsNoJsonCostsItselfAlone() {
        String bad = record(VNET).replace("\"time\":", "\"time\" ");
        assertEquals(2, decode(record(VNET) + bad + record(VNET)).size());
        assertEquals(1, report.rejectedParts(Reason.BAD_JSON));
        assertEquals(0, decode(bad).size());
        assertEquals(Reason.BAD_JSON, report.rejected());
        assertEquals(0, decode("").size());
        assertEquals(Reason.EMPTY, report.rejected());
        assertEquals(0, decode("nothing").size());
        assertEquals(Reason.BAD_JSON, report.rejected());
    }

    @Test
    void nothingThatIsCutOrChangedIsOurFault() {
        byte[] whole = (record(VNET, NSG) + record(NSG)).getBytes(StandardCharsets.UTF_8);
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
            assertEquals(
                    report.rows(),
                    report.rejected() == null
                            ? batch.size() + report.rejectedRows()
                            : report.rows());
        }
    }

    private List<Flow> decode(String chunk) {
        return decode(chunk.getBytes(StandardCharsets.UTF_8));
    }

    private List<Flow> decode(byte[] chunk) {
        var raw =
                new RawRecord("azure/x", RawFormat.AZURE, 7, null, null, null, null, false, chunk);
        report = decoder.decode(raw, batch);
        var flows = new ArrayList<Flow>();
        for (int row = 0; row < batch.size(); row++) {
            flows.add(Flows.of(batch, row));
        }
        return flows;
    }

    private static String record(String... tuples) {
        return "{\"time\":\"2022-09-14T09:00:52.5625085Z\",\"macAddress\":\"00224871C205\","
                + "\"flowLogResourceID\":\"/SUBSCRIPTIONS/SUB-1/X/FLOWLOGS/L\",\"targetResourceID\":"
                + "\"/subscriptions/sub-1/providers/Microsoft.Network/virtualNetworks/spoke1\","
                + "\"flowRecords\":{\"flows\":[{\"aclID\":\"a\",\"flowGroups\":[{\"rule\":\"r\","
                + "\"flowTuples\":[\""
                + String.join("\",\"", tuples)
                + "\"]}]}]}}";
    }
}
