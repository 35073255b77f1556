package io.flowwarden.decode.netflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.ExportBytes;
import io.flowwarden.decode.Exporter;
import io.flowwarden.decode.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class V5Test {
    private final Exporter exporter = new Exporter();

    private static byte[] datagram(int count, int uptime, byte[]... records) {
        return ExportBytes.raw()
                .u16(5)
                .u16(count)
                .u32(uptime & 0xffffffffL)
                .u32(1_700_000_000L)
                .u32(250_000_000)
                .u32(1)
                .u8(2)
                .u8(3)
                .u16(0)
                .bytes(records)
                .get();
    }

    private static byte[] record(int protocol, int srcPort, int dstPort, int first, int last) {
        return ExportBytes.raw()
                .ip("10.0.0.1")
                .ip("10.0.0.2")
                .ip("10.0.0.254")
                .u16(1)
                .u16(2)
                .u32(10)
                .u32(4_000_000_000L)
                .u32(first & 0xffffffffL)
                .u32(last & 0xffffffffL)
                .u16(srcPort)
                .u16(dstPort)
                .u8(0)
                .u8(27)
                .u8(protocol)
                .zeros(9)
                .get();
    }

    @Test
    void everyFieldOfTheRecordIsRead() {
        var flow = exporter.flow(datagram(1, 60_000, record(6, 50_000, 443, 0, 60_000)));
        assertEquals("10.0.0.1", flow.getSrc());
        assertEquals("10.0.0.2", flow.getDst());
        assertEquals("10.0.0.254", flow.getNextHop());
        assertEquals(1L, flow.getInputIf());
        assertEquals(2L, flow.getOutputIf());
        assertEquals(10L, flow.getPackets());
        assertEquals(4_000_000_000L, flow.getBytes());
        assertEquals(50_000, flow.getSrcPort());
        assertEquals(443, flow.getDstPort());
        assertEquals(27, flow.getTcpFlags());
        assertEquals("tcp", flow.getTransport());
        assertEquals(1_700_000_000_250L - 60_000, flow.getStart());
        assertEquals(1_700_000_000_250L, flow.getEnd());
        assertEquals("uptime", flow.getTimeFrom());
        assertNull(flow.getSampling());
        assertNull(flow.getVlan());
    }

    @Test
    void uptimeMayWrapBetweenFlowAndExport() {
        var flow = exporter.flow(datagram(1, 500, record(6, 1, 2, -1_000, 400)));
        assertEquals(1_700_000_000_250L - 1_500, flow.getStart());
        assertEquals(1_700_000_000_250L - 100, flow.getEnd());
    }

    @Test
    void aFlowStampedAfterTheHeaderIsNotFiftyDaysOld() {
        var flow = exporter.flow(datagram(1, 500, record(6, 1, 2, 400, 510)));
        assertEquals(1_700_000_000_250L + 10, flow.getEnd());
    }

    @Test
    void icmpHasTypeAndCodeInPlaceOfPorts() {
        var flow = exporter.flow(datagram(1, 0, record(1, 0, 3 * 256 + 1, 0, 0)));
        assertNull(flow.getSrcPort());
        assertNull(flow.getDstPort());
        assertEquals(3, flow.getIcmpType());
        assertEquals(1, flow.getIcmpCode());
    }

    @Test
    void aCountThatDoesNotFitIsReportedAndWhatFitsIsRead() {
        DecodeReport report = exporter.send(datagram(30, 0, record(6, 1, 2, 0, 0)));
        assertEquals(1, exporter.batch.size());
        assertNull(report.rejected());
        assertEquals(Reason.BAD_COUNT, report.parts().get(0).reason());
        assertEquals("count 30, 1 records fit, at byte 2", report.parts().get(0).detail());
    }

    @Test
    void aCountOfZeroIsRejected() {
        DecodeReport report = exporter.send(datagram(0, 0, record(6, 1, 2, 0, 0)));
        assertEquals(Reason.BAD_COUNT, report.rejected());
        assertEquals(0, exporter.batch.size());
    }

    @Test
    void bytesBehindTheLastRecordAreReported() {
        DecodeReport report = exporter.send(datagram(1, 0, record(6, 1, 2, 0, 0), new byte[6]));
        assertEquals(1, exporter.batch.size());
        assertEquals(Reason.TRAILING_BYTES, report.parts().get(0).reason());
        assertEquals(72, report.parts().get(0).at());
    }

    @Test
    void aCutHeaderIsTruncated() {
        byte[] whole = datagram(1, 0, record(6, 1, 2, 0, 0));
        assertEquals(Reason.TRUNCATED, exporter.send(Arrays.copyOf(whole, 23)).rejected());
        assertEquals(Reason.TRUNCATED, exporter.send(Arrays.copyOf(whole, 1)).rejected());
        assertEquals(Reason.EMPTY, exporter.send(new byte[0]).rejected());
    }

    @Test
    void theRateOfTheHeaderIsAppliedAndStatedWhateverItsMode() {
        for (int mode : new int[] {0, 0x4000, 0x8000}) {
            byte[] sampled = datagram(1, 60_000, record(6, 50_000, 443, 0, 60_000));
            sampled[22] = (byte) (mode >>> 8);
            sampled[23] = 100;
            var flow = exporter.flow(sampled);
            assertEquals(100L, flow.getSampling());
            assertEquals(1_000L, flow.getPackets());
            assertEquals(400_000_000_000L, flow.getBytes());
        }
        var none = exporter.flow(datagram(1, 60_000, record(6, 50_000, 443, 0, 60_000)));
        assertNull(none.getSampling());
    }

    @Test
    void theSequenceCountsFlows() {
        byte[] first = datagram(1, 60_000, record(6, 50_000, 443, 0, 60_000));
        exporter.send(first);
        byte[] third = first.clone();
        third[19] = 4;
        assertEquals(2, exporter.send(third).lostRecords());
    }

    @Test
    void theHeaderTimeIsTheClockOfTheSource() {
        DecodeReport report = exporter.send(datagram(1, 0, record(6, 1, 2, 0, 0)));
        assertEquals(1_700_000_000_250L, report.clock());
    }
}
