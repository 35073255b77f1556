package io.flowwarden.decode.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AwsDecoderTest {
    private static final String TCP =
            "2 123456789010 eni-1 10.0.0.1 10.0.0.2 50000 31031 6 20 4249 1600000000 1600000060"
                    + " ACCEPT OK";
    private static final String NODATA =
            "2 123456789010 eni-1 - - - - - - - 1600000000 1600000070 - NODATA";

    private final Decoder decoder = new Decoder(new MemoryTemplates());
    private final FlowBatch batch = new FlowBatch();
    private DecodeReport report;

    private List<Flow> decode(String fields, String... lines) {
        byte[] value = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        report =
                decoder.decode(
                        new RawRecord(
                                "aws/fl-1",
                                RawFormat.AWS,
                                7,
                                null,
                                null,
                                fields,
                                null,
                                false,
                                value),
                        batch);
        var flows = new ArrayList<Flow>();
        for (int row = 0; row < batch.size(); row++) {
            flows.add(Flows.of(batch, row));
        }
        return flows;
    }

    private DecodeReport.Part onlyPart() {
        assertEquals(1, report.parts().size(), () -> report.parts().toString());
        return report.parts().get(0);
    }

    @Test
    void aRowOfTheDefaultFormatNeedsNoHeader() {
        Flow flow = decode(null, TCP).get(0);
        assertEquals("10.0.0.1", flow.getSrc());
        assertEquals("10.0.0.2", flow.getDst());
        assertEquals(50_000, flow.getSrcPort());
        assertEquals(31_031, flow.getDstPort());
        assertEquals(6, flow.getProtocol());
        assertEquals(20L, flow.getPackets());
        assertEquals(4_249L, flow.getBytes());
        assertEquals(1_600_000_000_000L, flow.getStart());
        assertEquals(1_600_000_060_000L, flow.getEnd());
        assertEquals("seconds", flow.getTimeFrom());
        assertEquals("ACCEPTED", flow.getOutcome());
        assertEquals("eni-1", flow.getInterfaceId());
        assertEquals("123456789010", flow.getAccountId());
        assertNull(flow.getTcpFlags());
        assertNull(flow.getExporter());
        assertEquals(1_600_000_060_000L, report.clock());
    }

    @Test
    void theHeaderSaysWhichValueIsWhich() {
        Flow flow =
                decode(
                                "action vpc-id dstaddr srcaddr flow-direction pkt-srcaddr tcp-flags bytes",
                                "REJECT vpc-9 10.0.0.2 2001:db8::1 egress 10.9.9.9 18 5")
                        .get(0);
        assertEquals("2001:db8::1", flow.getSrc());
        assertEquals("10.0.0.2", flow.getDst());
        assertEquals("REJECTED", flow.getOutcome());
        assertEquals("vpc-9", flow.getVpcId());
        assertEquals("egress", flow.getDirection());
        assertEquals("10.9.9.9", flow.getPktSrc());
        assertNull(flow.getPktDst());
        assertEquals(18, flow.getTcpFlags());
        assertEquals(5L, flow.getBytes());
        assertNull(flow.getPackets());
        assertNull(flow.getProtocol());
        // No times in the row: the record's own.
        assertEquals(7, flow.getStart());
        assertEquals("export", flow.getTimeFrom());
    }

    @Test
    void aHeaderLineInTheChunkIsNoRow() {
        String header = "version srcaddr dstaddr srcport dstport protocol";
        List<Flow> flows = decode(null, header, "5 10.0.0.1 10.0.0.2 1 2 17", header);
        assertEquals(1, flows.size());
        assertEquals(1, report.rows());
        assertEquals("udp", flows.get(0).getTransport());
    }

    @Test
    void commasUnderscoresAndQuotesOfAnExportAreUnderstood() {
        Flow flow =
                decode("srcaddr,dstaddr,\"vpc_id\",bytes", "10.0.0.1,10.0.0.2,\"vpc-1\",7").get(0);
        assertEquals("vpc-1", flow.getVpcId());
        assertEquals(7L, flow.getBytes());
    }

    @Test
    void twentyNineValuesAndMoreAreTheDocumentedOrder() {
        String v5 = " vpc-1 - - 3 IPv4 10.1.1.1 10.1.1.2 r az - - - S3 ingress 1";
        Flow flow = decode(null, TCP + v5).get(0);
        assertEquals("vpc-1", flow.getVpcId());
        assertEquals(3, flow.getTcpFlags());
        assertEquals("10.1.1.2", flow.getPktDst());
        assertEquals("ingress", flow.getDirection());
        assertEquals(1, decode(null, TCP + v5 + " a b c d e f g h i j k l m n").size());
    }

    @Test
    void anyOtherNumberOfValuesWithoutAHeaderIsRejected() {
        assertEquals(0, decode(null, TCP + " extra").size());
        assertEquals(Reason.LOG_HEADER_UNKNOWN, report.rejected());
        assertTrue(report.detail().startsWith("line 1: 15 values"), report.detail());
        assertEquals(0, decode("who what where", TCP).size());
        assertEquals(Reason.LOG_HEADER_UNKNOWN, report.rejected());
    }

    @Test
    void aBogusLineAmongGoodOnesIsRejectedAlone() {
        assertEquals(2, decode(null, TCP, "bogus!", TCP).size());
        assertNull(report.rejected());
        assertEquals(1, report.rejectedRows());
        assertEquals(3, report.rows());
        assertEquals(2, onlyPart().at());
        assertTrue(onlyPart().detail().contains("'bogus!'"), onlyPart().detail());
    }

    @Test
    void nodataAndSkipdataAreCountedAndMoveTheClock() {
        assertEquals(0, decode(null, NODATA, NODATA.replace("NODATA", "SKIPDATA")).size());
        assertEquals(1, report.nodata());
        assertEquals(1, report.skipdata());
        assertEquals(2, report.rows());
        assertEquals(1_600_000_070_000L, report.clock());
        assertNull(report.rejected());
    }

    @Test
    void aRowWithAddressesIsAFlowWhateverItsStatus() {
        assertEquals(1, decode(null, TCP.replace(" OK", " NODATA")).size());
        assertEquals(0, report.nodata());
    }

    @Test
    void aDashWhereANumberMustBeRejectsTheRow() {
        assertEquals(0, decode(null, TCP.replace(" 6 20 ", " 6 - ")).size());
        assertEquals(Reason.MISSING_VALUE, report.rejected());
        assertTrue(report.detail().contains("packets is '-'"), report.detail());
        assertEquals(0, decode(null, TCP.replace(" 31031 6 ", " 31031 - ")).size());
        assertEquals(0, decode(null, TCP.replace(" 50000 ", " - ")).size());
    }

    @Test
    void aValueThatIsNoNumberOrAddressNamesItself() {
        for (String bad :
                List.of(
                        TCP.replace(" 6 ", " 8080 "),
                        TCP.replace(" 31031 ", " 65536 "),
                        TCP.replace(" 4249 ", " 42.5 "),
                        TCP.replace(" 4249 ", " -42 "),
                        TCP.replace(" 4249 ", " 99999999999999999999 "),
                        TCP.replace("10.0.0.1", "10.0.0.256"),
                        TCP.replace("10.0.0.1", "host"))) {
            assertEquals(1, decode(null, TCP, bad).size());
            assertEquals(Reason.BAD_VALUE, onlyPart().reason());
            assertEquals(2, onlyPart().at());
        }
        assertTrue(onlyPart().detail().startsWith("line 2: srcaddr is 'host', not an address"));
    }

    @Test
    void aRowShorterThanTheHeaderIsRejectedALongerOneIsUsed() {
        String header = "srcaddr dstaddr bytes";
        assertEquals(1, decode(header, "10.0.0.1 10.0.0.2 1", "10.0.0.1 10.0.0.2").size());
        assertEquals(Reason.TOO_FEW_VALUES, onlyPart().reason());
        assertEquals(1, decode(header, "10.0.0.1 10.0.0.2 1 x").size());
        assertEquals(Reason.EXTRA_VALUES, onlyPart().reason());
        assertEquals(0, report.rejectedRows());
    }

    @Test
    void icmpHasNoPorts() {
        Flow flow = decode(null, TCP.replace(" 50000 31031 6 ", " 0 0 1 ")).get(0);
        assertNull(flow.getSrcPort());
        assertNull(flow.getIcmpType());
        assertEquals("icmp", flow.getTransport());
    }

    @Test
    void blanksLineEndsAndAByteOrderMarkDoNotMatter() {
        assertEquals(
                2,
                decode(null, "\ufeff" + TCP + "\r", "", "  " + TCP.replace(" ", "  "), "").size());
        assertEquals(2, report.rows());
    }

    @Test
    void anAnswerForEveryDamagedChunk() {
        var random = new Random(3);
        byte[] good =
                (TCP + "\n" + NODATA + "\nversion srcaddr dstaddr\n2 10.0.0.1 ::1\n")
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 50_000; i++) {
            byte[] bad = good.clone();
            for (int c = random.nextInt(5); c >= 0; c--) {
                bad[random.nextInt(bad.length)] =
                        (byte) " -\n,.:\t09aA\u00ff".charAt(random.nextInt(12));
            }
            report =
                    decoder.decode(
                            new RawRecord(
                                    "aws/x", RawFormat.AWS, 0, null, null, null, null, false, bad),
                            batch);
            assertNotEquals(Reason.DECODER_FAULT, report.rejected(), report::detail);
            if (report.rejected() == null) {
                assertEquals(
                        report.rows(),
                        batch.size() + report.nodata() + report.skipdata() + report.rejectedRows());
            }
        }
    }
}
