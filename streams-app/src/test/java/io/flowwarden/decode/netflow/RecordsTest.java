package io.flowwarden.decode.netflow;

import static io.flowwarden.decode.ExportBytes.ipfix;
import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static io.flowwarden.decode.ExportBytes.v9;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flowwarden.decode.ExportBytes;
import io.flowwarden.decode.Exporter;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.schemas.Flow;
import org.junit.jupiter.api.Test;

/** What each information element becomes. */
class RecordsTest {
    private static final long EXPORT = 1_700_000_000_000L;

    private final Exporter exporter = new Exporter();

    private Flow ipfixFlow(int[] fields, ExportBytes record) {
        return exporter.flow(ipfix(0, set(2, template(256, fields)), set(256, record.get())));
    }

    private Flow v9Flow(int[] fields, ExportBytes record) {
        return exporter.flow(v9(0, set(0, template(256, fields)), set(256, record.get())));
    }

    private static int[] fields(int... elementsAndLengths) {
        return elementsAndLengths;
    }

    @Test
    void inCountersGoBeforeOutCountersAndDeltasBeforeTotals() {
        var both = v9Flow(fields(23, 4, 1, 4, 24, 4, 2, 4), raw().u32(9).u32(1).u32(8).u32(2));
        assertEquals(1L, both.getBytes());
        assertEquals(2L, both.getPackets());
        var out = v9Flow(fields(23, 4, 24, 8), raw().u32(9).u64(8));
        assertEquals(9L, out.getBytes());
        assertEquals(8L, out.getPackets());
        var total = ipfixFlow(fields(85, 8, 86, 8), raw().u64(1L << 40).u64(3));
        assertEquals(1L << 40, total.getBytes());
        assertEquals(3L, total.getPackets());
        assertNull(total.getReverseBytes());
    }

    @Test
    void zeroIsNotTheSameAsNotExported() {
        var flow = v9Flow(fields(1, 4, 10, 2), raw().u32(0).u16(0));
        assertEquals(0L, flow.getBytes());
        assertEquals(0L, flow.getInputIf());
        assertNull(flow.getPackets());
        assertNull(flow.getOutputIf());
        assertNull(flow.getSrc());
    }

    @Test
    void anUnsignedCounterBeyondTheRangeStaysAtItsEnd() {
        assertEquals(Long.MAX_VALUE, ipfixFlow(fields(1, 8), raw().u64(-1)).getBytes());
    }

    @Test
    void reducedAndOddLengthsAreRead() {
        var flow = ipfixFlow(fields(1, 3, 10, 1, 252, 8), raw().u8(1).u16(2).u8(7).u64(9));
        assertEquals(0x010002L, flow.getBytes());
        assertEquals(7L, flow.getInputIf());
    }

    @Test
    void aFieldLongerThanItsTypeGivesItsLowOrderBytes() {
        var flow = ipfixFlow(fields(7, 4, 4, 8), raw().u32(0xffff_01bbL).u64(6));
        assertEquals(443, flow.getSrcPort());
        assertEquals(6, flow.getProtocol());
    }

    @Test
    void theFamilyThatIsNotZeroCounts() {
        int[] both = {27, 16, 28, 16, 8, 4, 12, 4};
        var four = v9Flow(both, raw().zeros(32).ip("10.0.0.1").ip("10.0.0.2"));
        assertEquals("10.0.0.1", four.getSrc());
        assertEquals("10.0.0.2", four.getDst());
        var six = v9Flow(both, raw().u64(1).u64(2).u64(3).u64(4).zeros(8));
        assertEquals("::1:0:0:0:2", six.getSrc());
        assertEquals("::3:0:0:0:4", six.getDst());
        int[] turned = {8, 4, 12, 4, 27, 16, 28, 16};
        assertEquals(
                "10.0.0.1", v9Flow(turned, raw().ip("10.0.0.1").ip("10.0.0.2").zeros(32)).getSrc());
        assertEquals(
                "::1:0:0:0:2", v9Flow(turned, raw().zeros(8).u64(1).u64(2).u64(3).u64(4)).getSrc());
    }

    @Test
    void ofAnEncapsulatedPacketTheInnerHeaderCounts() {
        int[] nested = {8, 4, 12, 4, 4, 1, 7, 2, 11, 2, 8, 4, 12, 4, 4, 1, 7, 2, 11, 2};
        var flow =
                ipfixFlow(
                        nested,
                        raw().ip("192.0.2.1")
                                .ip("192.0.2.2")
                                .u8(4)
                                .u16(0)
                                .u16(0)
                                .ip("10.0.0.1")
                                .ip("10.0.0.2")
                                .u8(17)
                                .u16(2222)
                                .u16(53));
        assertEquals("10.0.0.1", flow.getSrc());
        assertEquals("10.0.0.2", flow.getDst());
        assertEquals(17, flow.getProtocol());
        assertEquals(53, flow.getDstPort());
    }

    @Test
    void icmpTypeAndCodeComeFromTheirElementElseFromTheDestinationPort() {
        int[] with = {4, 1, 7, 2, 11, 2, 32, 2};
        var element = v9Flow(with, raw().u8(1).u16(0).u16(0).u16(8 * 256));
        assertEquals(8, element.getIcmpType());
        assertEquals(0, element.getIcmpCode());
        assertNull(element.getDstPort());
        var port = v9Flow(with, raw().u8(1).u16(0).u16(3 * 256 + 4).u16(0));
        assertEquals(3, port.getIcmpType());
        assertEquals(4, port.getIcmpCode());
        var six = v9Flow(fields(4, 1, 7, 2, 11, 2), raw().u8(58).u16(0).u16(128 * 256));
        assertEquals(128, six.getIcmpType());
        assertNull(six.getSrcPort());
        var tcp = v9Flow(with, raw().u8(6).u16(1).u16(2).u16(0));
        assertNull(tcp.getIcmpType());
        assertEquals(2, tcp.getDstPort());
    }

    @Test
    void icmpOfBothFamiliesInOneTemplateIsToldApartByProtocol() {
        int[] both = {4, 1, 32, 2, 139, 2};
        assertEquals(8, ipfixFlow(both, raw().u8(1).u16(8 * 256).u16(0)).getIcmpType());
        assertEquals(129, ipfixFlow(both, raw().u8(58).u16(0).u16(129 * 256)).getIcmpType());
        int[] apart = {4, 1, 176, 1, 177, 1, 178, 1, 179, 1};
        assertEquals(1, ipfixFlow(apart, raw().u8(1).u8(3).u8(1).u8(0).u8(0)).getIcmpCode());
        assertEquals(4, ipfixFlow(apart, raw().u8(58).u8(0).u8(0).u8(1).u8(4)).getIcmpCode());
    }

    @Test
    void timesOfUptimeAreTakenFromTheHeader() {
        var flow = v9Flow(fields(22, 4, 21, 4), raw().u32(940_000).u32(1_000_000));
        assertEquals(EXPORT - 60_000, flow.getStart());
        assertEquals(EXPORT, flow.getEnd());
        assertEquals("uptime", flow.getTimeFrom());
    }

    @Test
    void uptimeMayHaveWrappedOrRunAhead() {
        byte[] templates = set(0, template(256, 22, 4, 21, 4));
        byte[] data = set(256, raw().u32(0xffff_ff00L).u32(0x180).get());
        var flow = exporter.flow(v9(1_700_000_000L, 0x100, 0, templates, data));
        assertEquals(EXPORT - 0x200, flow.getStart());
        assertEquals(EXPORT + 0x80, flow.getEnd());
    }

    @Test
    void ipfixUptimeNeedsTheSystemInitTimeOfAnOptionsRecord() {
        byte[] templates = set(2, template(256, 22, 4, 21, 4));
        byte[] data = set(256, raw().u32(1_000).u32(2_000).get());
        var without = exporter.flow(ipfix(0, templates, data));
        assertEquals(EXPORT, without.getStart());
        assertEquals(EXPORT, without.getEnd());
        assertEquals("export", without.getTimeFrom());

        byte[] options = raw().u16(300).u16(2).u16(1).u16(143).u16(4).u16(160).u16(8).get();
        exporter.send(ipfix(0, set(3, options), set(300, raw().u32(1).u64(EXPORT - 90_000).get())));
        var with = exporter.flow(ipfix(0, data));
        assertEquals(EXPORT - 89_000, with.getStart());
        assertEquals(EXPORT - 88_000, with.getEnd());
        assertEquals("uptime", with.getTimeFrom());
    }

    @Test
    void ipfixUptimeWrapsEvery49DaysSinceSystemInit() {
        long init = EXPORT - (1L << 32) - 5_000;
        var flow = ipfixFlow(fields(160, 8, 22, 4, 21, 4), raw().u64(init).u32(1_000).u32(4_000));
        assertEquals(EXPORT - 4_000, flow.getStart());
        assertEquals(EXPORT - 1_000, flow.getEnd());
    }

    @Test
    void absoluteTimesOfEveryUnitAreRead() {
        var seconds =
                ipfixFlow(fields(150, 4, 151, 4), raw().u32(1_600_000_000L).u32(1_600_000_009L));
        assertEquals(1_600_000_000_000L, seconds.getStart());
        assertEquals(1_600_000_009_000L, seconds.getEnd());
        assertEquals("seconds", seconds.getTimeFrom());
        var millis =
                ipfixFlow(
                        fields(152, 8, 153, 8),
                        raw().u64(1_600_000_000_123L).u64(1_600_000_000_456L));
        assertEquals(1_600_000_000_123L, millis.getStart());
        assertEquals("milliseconds", millis.getTimeFrom());
        // NTP: seconds since 1900, then a fraction; half a second here.
        long ntp = 1_600_000_000L + 2_208_988_800L << 32 | 0x8000_0000L;
        var micros = ipfixFlow(fields(154, 8, 155, 8), raw().u64(ntp).u64(ntp));
        assertEquals(1_600_000_000_500L, micros.getStart());
        assertEquals("microseconds", micros.getTimeFrom());
        var nanos = ipfixFlow(fields(156, 8, 157, 8), raw().u64(ntp).u64(ntp));
        assertEquals(1_600_000_000_500L, nanos.getEnd());
        assertEquals("nanoseconds", nanos.getTimeFrom());
        var delta = ipfixFlow(fields(158, 4, 159, 4), raw().u32(5_000_000).u32(2_000_000));
        assertEquals(EXPORT - 5_000, delta.getStart());
        assertEquals(EXPORT - 2_000, delta.getEnd());
        assertEquals("delta", delta.getTimeFrom());
    }

    @Test
    void aRecordWithoutTimesHasTheExportTime() {
        var flow = ipfixFlow(fields(7, 2), raw().u16(1));
        assertEquals(EXPORT, flow.getStart());
        assertEquals(EXPORT, flow.getEnd());
        assertEquals("export", flow.getTimeFrom());
    }

    @Test
    void aDurationStandsInForAMissingEnd() {
        var flow = ipfixFlow(fields(152, 8, 161, 4), raw().u64(EXPORT).u32(1_500));
        assertEquals(EXPORT + 1_500, flow.getEnd());
        var event = ipfixFlow(fields(323, 8), raw().u64(EXPORT - 7));
        assertEquals(EXPORT - 7, event.getStart());
        assertEquals(EXPORT - 7, event.getEnd());
    }

    @Test
    void reverseElementsAndResponderCountersAreTheOtherDirection() {
        byte[] biflow =
                raw().u16(256)
                        .u16(4)
                        .u16(1)
                        .u16(8)
                        .u16(0x8001)
                        .u16(8)
                        .u32(29_305)
                        .u16(0x8002)
                        .u16(8)
                        .u32(29_305)
                        .u16(239)
                        .u16(1)
                        .get();
        byte[] data = set(256, raw().u64(100).u64(200).u64(3).u8(2).get());
        var flow = exporter.flow(ipfix(0, set(2, biflow), data));
        assertEquals(100L, flow.getBytes());
        assertEquals(200L, flow.getReverseBytes());
        assertEquals(3L, flow.getReversePackets());
        assertEquals(FlowColumn.INITIATOR_DST, exporter.batch.get(0, FlowColumn.INITIATOR, 0));

        var nsel =
                v9Flow(fields(231, 4, 232, 4, 298, 4, 299, 4), raw().u32(1).u32(2).u32(3).u32(4));
        assertEquals(1L, nsel.getBytes());
        assertEquals(2L, nsel.getReverseBytes());
        assertEquals(3L, nsel.getPackets());
        assertEquals(4L, nsel.getReversePackets());
        assertEquals(FlowColumn.INITIATOR_SRC, exporter.batch.get(0, FlowColumn.INITIATOR, 0));
    }

    @Test
    void biflowDirectionsThatNameNobodyOrientNothing() {
        for (int direction : new int[] {0, 3, 255}) {
            ipfixFlow(fields(239, 1), raw().u8(direction));
            assertEquals(0, exporter.batch.get(0, FlowColumn.INITIATOR, 0));
        }
    }

    @Test
    void outcomeComesFromForwardingStatusAndFirewallEvent() {
        assertEquals("ACCEPTED", v9Flow(fields(89, 1), raw().u8(0x40)).getOutcome());
        assertEquals("REJECTED", v9Flow(fields(89, 1), raw().u8(0x82)).getOutcome());
        assertEquals("UNKNOWN", v9Flow(fields(89, 1), raw().u8(0xc0)).getOutcome());
        assertEquals("REJECTED", ipfixFlow(fields(89, 4), raw().u32(0x80)).getOutcome());
        assertEquals("REJECTED", v9Flow(fields(233, 1), raw().u8(3)).getOutcome());
        assertEquals("ACCEPTED", v9Flow(fields(233, 1), raw().u8(1)).getOutcome());
        assertEquals("UNKNOWN", v9Flow(fields(233, 1), raw().u8(4)).getOutcome());
        assertEquals("UNKNOWN", v9Flow(fields(1, 4), raw().u32(4)).getOutcome());
    }

    @Test
    void theRestOfTheElementsIsRead() {
        var flow =
                ipfixFlow(
                        fields(
                                6, 2, 14, 4, 61, 1, 58, 2, 234, 4, 236, 8, 15, 4, 56, 6, 80, 6, 225,
                                4, 226, 4, 227, 2, 228, 2, 136, 1, 95, 4),
                        raw().u16(0x12)
                                .u32(2)
                                .u8(1)
                                .u16(231)
                                .u32(5)
                                .text("red")
                                .zeros(5)
                                .ip("10.9.9.9")
                                .u32(0x00505601L)
                                .u16(0x0203)
                                .u32(0x00505604L)
                                .u16(0x0506)
                                .ip("1.1.1.1")
                                .ip("2.2.2.2")
                                .u16(7)
                                .u16(8)
                                .u8(2)
                                .u8(3)
                                .u8(0)
                                .u16(80));
        assertEquals(0x12, flow.getTcpFlags());
        assertEquals(2L, flow.getOutputIf());
        assertEquals("egress", flow.getDirection());
        assertEquals(231, flow.getVlan());
        assertEquals("red", flow.getVrf());
        assertEquals("10.9.9.9", flow.getNextHop());
        assertEquals("00:50:56:01:02:03", flow.getSrcMac());
        assertEquals("00:50:56:04:05:06", flow.getDstMac());
        assertEquals("1.1.1.1", flow.getNatSrc());
        assertEquals("2.2.2.2", flow.getNatDst());
        assertEquals(7, flow.getNatSrcPort());
        assertEquals(8, flow.getNatDstPort());
        assertEquals(2, flow.getEndReason());
        assertEquals("3:80", flow.getApp());
    }

    @Test
    void enterpriseFieldsAreSkippedByTheirLength() {
        byte[] fields =
                raw().u16(256)
                        .u16(3)
                        .u16(7)
                        .u16(2)
                        .u16(0x8007)
                        .u16(3)
                        .u32(12_345)
                        .u16(11)
                        .u16(2)
                        .get();
        byte[] data = set(256, raw().u16(1).u8(9).u8(9).u8(9).u16(2).get());
        var flow = exporter.flow(ipfix(0, set(2, fields), data));
        assertEquals(1, flow.getSrcPort());
        assertEquals(2, flow.getDstPort());
    }

    @Test
    void variableLengthsOfBothFormsAreRead() {
        byte[] templates = set(2, template(256, 82, 65_535, 7, 2, 96, 65_535));
        byte[] data =
                set(
                        256,
                        raw().u8(3).text("eth").u16(1).u8(0).get(),
                        raw().u8(255).u16(300).zeros(300).u16(2).u8(255).u16(4).text("http").get(),
                        // Padding shorter than a record.
                        raw().zeros(3).get());
        var flows = exporter.flows(ipfix(0, templates, data));
        assertEquals(2, flows.size());
        assertEquals(1, flows.get(0).getSrcPort());
        assertNull(flows.get(0).getApp());
        assertEquals(2, flows.get(1).getSrcPort());
        assertEquals("http", flows.get(1).getApp());
    }

    @Test
    void zeroLengthFieldsTakeNothing() {
        var flow = v9Flow(fields(7, 2, 0, 0, 8, 0, 11, 2), raw().u16(1).u16(2));
        assertEquals(1, flow.getSrcPort());
        assertEquals(2, flow.getDstPort());
        assertNull(flow.getSrc());
    }

    @Test
    void paddingIsNoRecord() {
        byte[] templates = set(0, template(256, 7, 1), new byte[2]);
        byte[] data = set(256, raw().u8(1).get());
        assertEquals(1, exporter.flows(v9(0, templates, data)).size());
        byte[] wide = set(0, template(257, 1, 8));
        assertEquals(1, exporter.flows(v9(0, wide, set(257, raw().u64(1).zeros(3).get()))).size());
        assertEquals(
                0, exporter.send(v9(0, set(257, raw().u64(1).zeros(7).get()))).rejectedParts());
    }

    @Test
    void aFrameSectionIsAFlowOfOnePacket() {
        byte[] frame =
                raw().u16(0x1111)
                        .u32(1)
                        .u16(0x2222)
                        .u32(2)
                        .u16(0x8100)
                        .u16(231)
                        .u16(0x0800)
                        .u8(0x45)
                        .u8(0)
                        .u16(96)
                        .u16(1)
                        .u16(0)
                        .u8(64)
                        .u8(17)
                        .u16(0)
                        .ip("10.0.0.1")
                        .ip("10.0.0.2")
                        .u16(55_501)
                        .u16(53)
                        .get();
        byte[] templates = set(2, template(256, 10, 4, 315, 65_535));
        byte[] data = set(256, raw().u32(582).u8(frame.length).bytes(frame).get());
        var flow = exporter.flow(ipfix(0, templates, data));
        assertEquals(582L, flow.getInputIf());
        assertEquals("10.0.0.1", flow.getSrc());
        assertEquals(53, flow.getDstPort());
        assertEquals(17, flow.getProtocol());
        assertEquals(96L, flow.getBytes());
        assertEquals(1L, flow.getPackets());
        assertEquals(231, flow.getVlan());
        assertEquals("11:11:00:00:00:01", flow.getDstMac());
    }

    @Test
    void anAsaReportsDeltasSoThatTheEventsOfAConnectionAddUp() {
        int[] fields = {
            148, 4, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 233, 1, 33002, 2, 323, 8, 152, 8, 231, 4, 232, 4
        };
        exporter.send(v9(0, set(0, template(256, fields))));
        long opened = EXPORT - 9_000;
        var created = asa(opened, opened, 1, 0, 0, 0);
        var updated = asa(opened, opened + 5_000, 5, 0, 1_000, 70);
        var torn = asa(opened, opened + 8_000, 2, 2_025, 500, 30);
        assertEquals(1_500L, created.getBytes() + updated.getBytes() + torn.getBytes());
        assertEquals(100L, updated.getReverseBytes() + torn.getReverseBytes());
        assertEquals("ACCEPTED", torn.getOutcome());
        assertEquals(opened, torn.getStart());
        assertEquals(opened + 8_000, torn.getEnd());
        var denied = asa(opened, opened, 3, 1_001, 0, 0);
        assertEquals("REJECTED", denied.getOutcome());
        assertEquals(FlowColumn.INITIATOR_SRC, exporter.batch.get(0, FlowColumn.INITIATOR, 0));
    }

    private Flow asa(long start, long event, int code, int reason, int octets, int back) {
        var record =
                raw().u32(77)
                        .ip("10.0.0.1")
                        .ip("10.0.0.2")
                        .u16(50_000)
                        .u16(443)
                        .u8(6)
                        .u8(code)
                        .u16(reason)
                        .u64(event)
                        .u64(start)
                        .u32(octets)
                        .u32(back);
        return exporter.flow(v9(0, set(256, record.get())));
    }

    @Test
    void aFirewallsReasonStandsInForItsEvent() {
        assertEquals("REJECTED", v9Flow(fields(33002, 2), raw().u16(1_003)).getOutcome());
        assertEquals("UNKNOWN", v9Flow(fields(33002, 2), raw().u16(2_030)).getOutcome());
        assertEquals("ACCEPTED", v9Flow(fields(33002, 2, 233, 1), raw().u16(0).u8(2)).getOutcome());
    }

    @Test
    void aNatEventHasBothAddressesAndNoCounters() {
        var flow =
                v9Flow(
                        fields(230, 1, 323, 8, 8, 4, 225, 4, 7, 2, 227, 2, 281, 16, 4, 1),
                        raw().u8(1)
                                .u64(EXPORT - 50)
                                .ip("10.0.0.1")
                                .ip("198.51.100.7")
                                .u16(5_000)
                                .u16(61_000)
                                .zeros(16)
                                .u8(17));
        assertEquals("198.51.100.7", flow.getNatSrc());
        assertEquals(61_000, flow.getNatSrcPort());
        assertEquals(EXPORT - 50, flow.getStart());
        assertEquals(EXPORT - 50, flow.getEnd());
        assertNull(flow.getBytes());
    }

    @Test
    void aTwoByteFieldAtTheNumberOfResponderOctetsIsNoCounter() {
        var flow = v9Flow(fields(1, 4, 232, 2), raw().u32(5).u16(9));
        assertNull(flow.getReverseBytes());
        assertEquals(0, exporter.batch.get(0, FlowColumn.INITIATOR, 0));
    }

    @Test
    void aJuniperDiscardIsARejection() {
        assertEquals("REJECTED", juniper(2 << 10 | 195));
        assertEquals("UNKNOWN", juniper(2 << 10 | 33));
        assertEquals("UNKNOWN", juniper(3 << 10 | 195));
    }

    private String juniper(int property) {
        byte[] fields =
                raw().u16(256)
                        .u16(2)
                        .u16(0x8000 | 137)
                        .u16(4)
                        .u32(2_636)
                        .u16(0x8000 | 137)
                        .u16(2)
                        .u32(2_636)
                        .get();
        byte[] data = set(256, raw().u32(0).u16(property).get());
        return exporter.flow(ipfix(0, set(2, fields), data)).getOutcome();
    }

    @Test
    void ofAVxlanFrameTheTenantsAddressesCount() {
        byte[] fields =
                raw().u16(256)
                        .u16(4)
                        .u16(8)
                        .u16(4)
                        .u16(12)
                        .u16(4)
                        .u16(0x8000 | 881)
                        .u16(4)
                        .u32(6_876)
                        .u16(0x8000 | 882)
                        .u16(4)
                        .u32(6_876)
                        .get();
        var record = raw().ip("192.0.2.1").ip("192.0.2.2").ip("10.0.0.1").ip("10.0.0.2");
        var flow = exporter.flow(ipfix(0, set(2, fields), set(256, record.get())));
        assertEquals("10.0.0.1", flow.getSrc());
        assertEquals("10.0.0.2", flow.getDst());
    }

    @Test
    void aPacketSectionBeginsWithItsIpHeader() {
        var packet =
                raw().u8(0x45)
                        .u8(0)
                        .u16(60)
                        .u32(0)
                        .u8(64)
                        .u8(6)
                        .u16(0)
                        .ip("10.0.0.1")
                        .ip("10.0.0.2")
                        .u16(50_000)
                        .u16(902)
                        .get();
        byte[] data = set(256, raw().u8(packet.length).bytes(packet).get());
        var flow = exporter.flow(ipfix(0, set(2, template(256, 313, 65_535)), data));
        assertEquals("10.0.0.2", flow.getDst());
        assertEquals(902, flow.getDstPort());
        assertEquals(60L, flow.getBytes());
    }

    @Test
    void theTopLabelOfAnMplsStackIsRead() {
        var flow = v9Flow(fields(70, 3, 1, 4), raw().u16(0xf424).u8(0x11).u32(1));
        assertEquals(1_000_001, flow.getMplsLabel());
    }

    @Test
    void structuredDataIsSkippedByItsLength() {
        for (int list = 291; list <= 293; list++) {
            byte[] data = set(256, raw().u16(1).u8(5).zeros(5).u16(2).get());
            var flow =
                    exporter.flow(ipfix(0, set(2, template(256, 7, 2, list, 65_535, 11, 2)), data));
            assertEquals(1, flow.getSrcPort());
            assertEquals(2, flow.getDstPort());
        }
    }
}
