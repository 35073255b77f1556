package io.flowwarden.decode.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Flows;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Flow;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroDecoderTest {
    private static final byte[] VALUE = {0, 0, 0, 0, 1};

    private final FlowBatch batch = new FlowBatch();

    @Test
    void aFlowComesOutAsItCameIn() {
        Flow in =
                Flow.newBuilder()
                        .setSource("netflow/10.1.255.1/0")
                        .setExporter("10.1.255.1")
                        .setStart(1_000)
                        .setEnd(2_000)
                        .setSrc("10.1.10.11")
                        .setDst("2001:db8::1")
                        .setSrcPort(50_000)
                        .setDstPort(31_031)
                        .setTransport("tcp")
                        .setProtocol(6)
                        .setBytes(1_001L)
                        .setPackets(11L)
                        .setReverseBytes(7L)
                        .setReversePackets(0L)
                        .setTcpFlags(27)
                        .setSampling(100L)
                        .setOutcome("REJECTED")
                        .setInputIf(1L)
                        .setOutputIf(2L)
                        .setDirection("egress")
                        .setVlan(100)
                        .setVrf("blue")
                        .setNextHop("10.1.255.254")
                        .setSrcMac("00:00:5e:00:01:01")
                        .setDstMac("00:00:5e:00:01:02")
                        .setNatSrc("192.0.2.1")
                        .setNatDst("192.0.2.2")
                        .setNatSrcPort(1)
                        .setNatDstPort(2)
                        .setEndReason(3)
                        .setApp("web")
                        .setInterfaceId("eni-1")
                        .setAccountId("a")
                        .setVpcId("v")
                        .setPktSrc("10.1.10.12")
                        .setPktDst("10.1.10.13")
                        .setTimeFrom("milliseconds")
                        .setClamped(false)
                        .setInputIfName("eth1")
                        .setOutputIfName("eth2")
                        .setMplsLabel(16)
                        .build();
        DecodeReport report = decode(value -> in);
        assertNull(report.rejected(), report.detail());
        assertEquals(2_000, report.clock());
        assertEquals(in, Flows.of(batch, 0));
    }

    @Test
    void theTransportsNameServesWithoutItsNumber() {
        decode(value -> flow().setTransport("udp").build());
        assertEquals(17, Flows.of(batch, 0).getProtocol());
        decode(value -> flow().setSrc("2001:db8::1").setTransport("icmp").build());
        assertEquals(58, Flows.of(batch, 0).getProtocol());
    }

    @Test
    void theKeyNamesTheSourceWhateverTheValueSays() {
        decode(value -> flow().setSource("netflow/somebody/else").build());
        assertEquals("netflow/10.1.255.1/0", Flows.of(batch, 0).getSource());
    }

    @Test
    void whatCannotBeIsRejectedWithFieldAndValue() {
        rejected("src is '10.0.0.256', not an address", flow().setSrc("10.0.0.256"));
        rejected("dst_port is '70000', not from 0 to 65535", flow().setDstPort(70_000));
        rejected("bytes is '-1', not from 0 to", flow().setBytes(-1L));
        rejected("outcome is 'maybe', none of its words", flow().setOutcome("maybe"));
        rejected("direction is 'up', neither", flow().setDirection("up"));
        rejected("src_mac is '00:00', not a MAC", flow().setSrcMac("00:00"));
    }

    @Test
    void whatIsNoAvroIsRejected() {
        DecodeReport report =
                decode(
                        value -> {
                            throw new SerializationException("schema 1 is unknown");
                        });
        assertEquals(Reason.BAD_AVRO, report.rejected());
        assertEquals("schema 1 is unknown", report.detail());
        assertEquals(Reason.BAD_AVRO, decode(null).rejected());
    }

    private void rejected(String detail, Flow.Builder flow) {
        DecodeReport report = decode(value -> flow.build());
        assertEquals(Reason.BAD_VALUE, report.rejected());
        assertEquals(detail, report.detail().substring(0, detail.length()));
        assertEquals(0, batch.size());
    }

    private static Flow.Builder flow() {
        return Flow.newBuilder()
                .setSource("x")
                .setStart(1)
                .setEnd(2)
                .setOutcome("UNKNOWN")
                .setTimeFrom("export")
                .setClamped(false);
    }

    private DecodeReport decode(FlowReader reader) {
        return new Decoder(new MemoryTemplates(), DecodeLimits.DEFAULTS, reader)
                .decode(
                        new RawRecord(
                                "netflow/10.1.255.1/0",
                                RawFormat.AVRO,
                                7,
                                null,
                                null,
                                null,
                                null,
                                false,
                                VALUE),
                        batch);
    }
}
