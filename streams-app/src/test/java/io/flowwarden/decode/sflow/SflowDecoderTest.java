package io.flowwarden.decode.sflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Flows;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.SourceIds;
import io.flowwarden.schemas.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SflowDecoderTest {
    /** 10.1.10.11:50000 > 10.2.20.5:31031, SYN, in VLAN 100; the first 64 bytes of it. */
    private static final byte[] TCP =
            HexFormat.of()
                    .parseHex(
                            "00005e000102"
                                    + "00005e000101"
                                    + "81000064"
                                    + "0800"
                                    + "450000380001000040060000"
                                    + "0a010a0b"
                                    + "0a021405"
                                    + "c3507937"
                                    + "0000000100000000"
                                    + "a002ffff"
                                    + "00000000"
                                    + "0204000100000000");

    private static final int UNKNOWN = 0x3fffffff;

    private final Decoder decoder = new Decoder(new MemoryTemplates());
    private final FlowBatch batch = new FlowBatch();
    private DecodeReport report;

    @Test
    void aSampleIsAFlowOfOnePacketTimesItsRate() {
        Flow flow = decode(one(compact(512, 3, 4, 1).part(1, SflowBytes.frame(1518, TCP)))).get(0);
        assertEquals("10.1.10.11", flow.getSrc());
        assertEquals("10.2.20.5", flow.getDst());
        assertEquals(50000, flow.getSrcPort());
        assertEquals(31031, flow.getDstPort());
        assertEquals(6, flow.getProtocol());
        assertEquals(2, flow.getTcpFlags());
        assertEquals(100, flow.getVlan());
        assertEquals("00:00:5e:00:01:01", flow.getSrcMac());
        assertEquals(512, flow.getSampling());
        assertEquals(512, flow.getPackets());
        assertEquals(1518L * 512, flow.getBytes());
        assertEquals(3, flow.getInputIf());
        assertEquals(4, flow.getOutputIf());
        assertEquals("UNKNOWN", flow.getOutcome());
        assertEquals(1_000, flow.getStart());
        assertEquals(1_000, flow.getEnd());
        assertEquals("received", flow.getTimeFrom());
        assertEquals("sflow/10.1.0.1/7", flow.getSource());
        assertEquals(1_000, report.clock());
    }

    @Test
    void theInterfaceThatSampledSaysTheDirection() {
        SflowBytes frame = SflowBytes.frame(74, TCP);
        assertEquals(
                "ingress", decode(one(compact(1, 5, 6, 1).part(1, frame))).get(0).getDirection());
        assertEquals(
                "egress", decode(one(compact(1, 6, 5, 1).part(1, frame))).get(0).getDirection());
        assertNull(decode(one(compact(1, 6, 7, 1).part(1, frame))).get(0).getDirection());
    }

    @Test
    void anExpandedSampleSaysTheSame() {
        var expanded =
                new SflowBytes()
                        .words(1, 0, 5, 512, 9, 0, 0, 70_000, 0, 0xffffffff, 1)
                        .part(1, SflowBytes.frame(1518, TCP));
        Flow flow = decode(SflowBytes.datagram(1).part(3, expanded).toBytes()).get(0);
        assertEquals(31031, flow.getDstPort());
        assertEquals(70_000, flow.getInputIf());
        assertEquals(0, flow.getOutputIf());
        assertEquals(512, flow.getPackets());
    }

    @Test
    void aDiscardedPacketIsRejected() {
        // Output form 1: not an interface but a reason, here 258, an access list.
        int discarded = 1 << 30 | 258;
        Flow flow =
                decode(one(compact(1, 3, discarded, 1).part(1, SflowBytes.frame(74, TCP)))).get(0);
        assertEquals("REJECTED", flow.getOutcome());
        assertNull(flow.getOutputIf());
        int many = 2 << 30 | 5;
        flow = decode(one(compact(1, UNKNOWN, many, 1).part(1, SflowBytes.frame(74, TCP)))).get(0);
        assertEquals("UNKNOWN", flow.getOutcome());
        assertEquals(0, flow.getInputIf());
        assertEquals(0, flow.getOutputIf());
    }

    @Test
    void aDiscardNotificationIsARejectedPacketIfItSaysWhose() {
        var notice = new SflowBytes().words(1, 0, 5, 0, 3, 0, 258, 1);
        var told = notice.part(1, SflowBytes.frame(74, TCP));
        Flow flow = decode(SflowBytes.datagram(1).part(5, told).toBytes()).get(0);
        assertEquals("REJECTED", flow.getOutcome());
        assertEquals(1, flow.getPackets());
        var nobody = new SflowBytes().words(1, 0, 5, 0, 3, 0, 258, 0);
        assertEquals(0, decode(SflowBytes.datagram(1).part(5, nobody).toBytes()).size());
        assertNull(report.rejected());
    }

    @Test
    void recordsOfASwitchAndARouterAddToThePacket() {
        var sample =
                compact(1, 3, 4, 3)
                        .part(1001, new SflowBytes().words(200, 0, 300, 0))
                        .part(1002, new SflowBytes().words(1, 0x0a01fffe, 24, 24))
                        .part(1, SflowBytes.frame(74, TCP));
        Flow flow = decode(one(sample)).get(0);
        assertEquals(100, flow.getVlan(), "the frame's own tag");
        assertEquals("10.1.255.254", flow.getNextHop());
        assertEquals("10.1.10.11", flow.getSrc());
    }

    @Test
    void decodedHeadersServeAgentsThatSendNoBytes() {
        var v4 = new SflowBytes().words(60, 17, 0x0a010a0b, 0x0a021405, 1000, 902, 0, 0);
        var ethernet =
                new SflowBytes()
                        .words(74)
                        .bytes(HexFormat.of().parseHex("00005e0001010000"))
                        .bytes(HexFormat.of().parseHex("00005e0001020000"))
                        .words(0x800);
        Flow flow =
                decode(
                                one(
                                        compact(10, 1, 2, 3)
                                                .part(2, ethernet)
                                                .part(3, v4)
                                                .part(1001, new SflowBytes().words(200, 0, 9, 0))))
                        .get(0);
        assertEquals(902, flow.getDstPort());
        assertEquals(17, flow.getProtocol());
        assertEquals(740, flow.getBytes());
        assertEquals(200, flow.getVlan(), "there is no frame");
        assertEquals("00:00:5e:00:01:02", flow.getDstMac());
        var v6 =
                new SflowBytes()
                        .words(100, 58)
                        .words(0x20010db8, 0, 0, 1, 0x20010db8, 0, 0, 2)
                        .words(128, 0, 0, 0);
        flow = decode(one(compact(1, 1, 2, 1).part(4, v6))).get(0);
        assertEquals("2001:db8::1", flow.getSrc());
        assertEquals(128, flow.getIcmpType());
        assertNull(flow.getDstPort());
    }

    @Test
    void countersAreASignOfLifeAndNoFlow() {
        byte[] counters =
                SflowBytes.datagram(2)
                        .part(2, new SflowBytes().words(1, 2, 0))
                        .part(4, new SflowBytes().words(1, 0, 2, 0))
                        .toBytes();
        assertEquals(0, decode(counters).size());
        assertNull(report.rejected());
        assertEquals(2, report.counterSamples());
        assertEquals(1_000, report.clock());
    }

    @Test
    void samplesOfOthersArePassedOver() {
        byte[] foreign =
                SflowBytes.datagram(2)
                        .part(4300 << 12 | 1003, new SflowBytes().words(1, 2, 3))
                        .part(1, compact(1, 1, 2, 1).part(1, SflowBytes.frame(74, TCP)))
                        .toBytes();
        assertEquals(1, decode(foreign).size());
        assertEquals(1, report.reservedSets());
        assertEquals(12, report.reservedBytes());
    }

    @Test
    void whatIsNoDatagramIsRejectedWithItsReason() {
        decode(new byte[0]);
        assertEquals(Reason.EMPTY, report.rejected());
        decode(new SflowBytes().words(4, 1, 0, 0, 0, 0, 0).toBytes());
        assertEquals(Reason.UNKNOWN_VERSION, report.rejected());
        decode(new SflowBytes().words(5, 3, 0, 0, 0, 0, 0).toBytes());
        assertEquals(Reason.TRUNCATED, report.rejected());
        decode(SflowBytes.datagram(3).toBytes());
        assertEquals(Reason.BAD_COUNT, report.rejected());
        decode(SflowBytes.datagram(0).words(1).toBytes());
        assertEquals(Reason.TRAILING_BYTES, report.rejected());
        decode(SflowBytes.datagram(1).words(1, -1, 7).toBytes());
        assertEquals(Reason.TRUNCATED, report.rejected());
    }

    @Test
    void noDatagramGivesMoreFlowsThanItsLimit() {
        var few = new Decoder(new MemoryTemplates(), new DecodeLimits(1, 1, 3));
        SflowBytes many = SflowBytes.datagram(5);
        for (int i = 0; i < 5; i++) {
            many.part(1, compact(1, 1, 2, 1).part(1, SflowBytes.frame(74, TCP)));
        }
        report = few.decode(raw(many.toBytes()), batch);
        assertEquals(3, batch.size());
        assertEquals(2, report.rejectedParts(Reason.RECORD_LIMIT));
    }

    @Test
    void nothingThatIsCutOrChangedIsOurFault() {
        byte[] whole = datagram();
        for (int length = 0; length < whole.length; length++) {
            decode(Arrays.copyOf(whole, length));
            assertTrue(report.rejected() != Reason.DECODER_FAULT, report.detail());
            assertTrue(
                    report.rejected() != null || report.rejectedParts() > 0,
                    "cut at " + length + " and nobody says so");
        }
        var random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            byte[] changed = whole.clone();
            for (int k = random.nextInt(6); k >= 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            decode(changed);
            assertTrue(report.rejected() != Reason.DECODER_FAULT, report.detail());
        }
    }

    private static byte[] datagram() {
        return SflowBytes.datagram(3)
                .part(1, compact(1, 1, 2, 1).part(1, SflowBytes.frame(74, TCP)))
                .part(2, new SflowBytes().words(1, 2, 0))
                .part(1, compact(1, 1, 2, 1).part(1, SflowBytes.frame(74, TCP)))
                .toBytes();
    }

    private static byte[] one(SflowBytes sample) {
        return SflowBytes.datagram(1).part(1, sample).toBytes();
    }

    private static SflowBytes compact(int rate, int input, int output, int records) {
        return new SflowBytes().words(1, 5, rate, 9, 0, input, output, records);
    }

    private static RawRecord raw(byte[] bytes) {
        String source = SourceIds.sflow(bytes);
        return new RawRecord(
                source, RawFormat.SFLOW, 1_000, "10.1.0.1", null, null, null, false, bytes);
    }

    private List<Flow> decode(byte[] bytes) {
        report = decoder.decode(raw(bytes), batch);
        var flows = new ArrayList<Flow>();
        for (int row = 0; row < batch.size(); row++) {
            flows.add(Flows.of(batch, row));
        }
        return flows;
    }
}
