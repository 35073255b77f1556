package io.flowwarden.cli;

import static io.flowwarden.decode.ExportBytes.ipfix;
import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.decode.avro.FlowReader;
import io.flowwarden.decode.sflow.SflowBytes;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Flows;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Flow;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of each format, records that state everything that the format can state and we read. */
final class RichFlows {
    private static final byte[] MAC_1 = HexFormat.of().parseHex("00005e000101");
    private static final byte[] MAC_2 = HexFormat.of().parseHex("00005e000102");

    private RichFlows() {}

    /** Decoded flows by the format's heading in the table. */
    static Map<String, List<Flow>> byFormat() {
        var formats = new LinkedHashMap<String, List<Flow>>();
        formats.put("NetFlow v5", decode(RawFormat.NETFLOW, v5()));
        formats.put("v9, IPFIX", decode(RawFormat.NETFLOW, templates()));
        formats.put("sFlow", decode(RawFormat.SFLOW, sflow()));
        formats.put("AWS", decode(RawFormat.AWS, aws().getBytes(UTF_8)));
        formats.put("Azure NSG", decode(RawFormat.AZURE, nsg().getBytes(UTF_8)));
        formats.put("Azure VNet", decode(RawFormat.AZURE, vnet().getBytes(UTF_8)));
        formats.put("GCP", decode(RawFormat.GCP, gcp().getBytes(UTF_8)));
        formats.put("Avro", decode(RawFormat.AVRO, new byte[5]));
        return formats;
    }

    private static List<Flow> decode(RawFormat format, byte[] value) {
        FlowReader avro = bytes -> avro();
        var decoder = new Decoder(new MemoryTemplates(), DecodeLimits.DEFAULTS, avro);
        var batch = new FlowBatch();
        boolean datagram = format == RawFormat.NETFLOW || format == RawFormat.SFLOW;
        var raw =
                new RawRecord(
                        "source/1",
                        format,
                        5,
                        datagram ? "10.0.0.1" : null,
                        null,
                        null,
                        null,
                        false,
                        value);
        var report = decoder.decode(raw, batch);
        if (report.rejected() != null || !report.parts().isEmpty() || report.rejectedRows() > 0) {
            throw new AssertionError(format + ": " + report.rejected() + " " + report.parts());
        }
        var flows = new ArrayList<Flow>();
        for (int row = 0; row < batch.size(); row++) {
            flows.add(Flows.of(batch, row));
        }
        return flows;
    }

    private static byte[] v5() {
        var header = raw().u16(5).u16(2).u32(9_000).u32(1_700_000_000L).u32(0).u32(1).u16(0);
        return header.u16(100).bytes(v5(6), v5(1)).get();
    }

    private static byte[] v5(int protocol) {
        var record = raw().ip("10.0.0.1").ip("10.0.0.2").ip("10.0.0.254").u16(1).u16(2);
        record.u32(10).u32(1_000).u32(1_000).u32(2_000).u16(50_000).u16(2_048);
        return record.u8(0).u8(27).u8(protocol).zeros(9).get();
    }

    private static byte[] templates() {
        byte[] tcp =
                template(
                        256, 152, 8, 153, 8, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 1, 4, 2, 4, 232, 4,
                        299, 4, 6, 1, 34, 4, 89, 1, 10, 4, 14, 4, 61, 1, 58, 2, 236, 4, 15, 4, 56,
                        6, 80, 6, 225, 4, 226, 4, 227, 2, 228, 2, 136, 1, 96, 3, 70, 3);
        var record = raw().u64(1_700_000_000_000L).u64(1_700_000_001_000L);
        record.ip("10.0.0.1").ip("10.0.0.2").u16(50_000).u16(443).u8(6);
        record.u32(1_000).u32(10).u32(2_000).u32(20).u8(27).u32(100).u8(64);
        record.u32(1).u32(2).u8(0).u16(100).text("blue").ip("10.0.0.254").bytes(MAC_1, MAC_2);
        record.ip("192.0.2.1").ip("192.0.2.2").u16(1).u16(2).u8(3).text("web").zeros(2).u8(1);
        byte[] icmp = template(257, 8, 4, 12, 4, 4, 1, 32, 2);
        byte[] echo = raw().ip("10.0.0.1").ip("10.0.0.2").u8(1).u16(2_048).get();
        byte[] names = raw().u16(258).u16(2).u16(1).u16(10).u16(4).u16(82).u16(4).get();
        byte[] named = raw().u32(1).text("eth1").u32(2).text("eth2").get();
        return ipfix(
                0,
                set(2, tcp, icmp),
                set(3, names),
                set(258, named),
                set(256, record.get()),
                set(257, echo));
    }

    private static byte[] sflow() {
        byte[] frame =
                raw().bytes(MAC_2, MAC_1)
                        .u16(0x8100)
                        .u16(100)
                        .u16(0x0800)
                        .bytes(HexFormat.of().parseHex("450000280001000040060000"))
                        .ip("10.0.0.1")
                        .ip("10.0.0.2")
                        .bytes(HexFormat.of().parseHex("c35001bb0000000100000000501b03e800000000"))
                        .get();
        var tcp =
                new SflowBytes()
                        .words(1, 5, 512, 9, 0, 5, 6, 2)
                        .part(1, SflowBytes.frame(64, frame))
                        .part(1002, new SflowBytes().words(1, 0x0a0000fe, 24, 24));
        int discarded = 1 << 30 | 258;
        var echo =
                new SflowBytes()
                        .words(2, 5, 512, 9, 0, 5, discarded, 1)
                        .part(3, new SflowBytes().words(84, 1, 0x0a000001, 0x0a000002, 8, 0, 0, 0));
        return SflowBytes.datagram(2).part(1, tcp).part(1, echo).toBytes();
    }

    /** Every field that is documented, and an echo. */
    private static String aws() {
        return """
                version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end \
                action log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id \
                flow-direction traffic-path reject-reason
                5 123456789012 eni-1 10.0.0.1 10.0.0.2 50000 443 6 10 1000 1700000000 1700000060 \
                ACCEPT OK vpc-1 subnet-1 i-1 3 IPv4 10.0.0.3 10.0.0.4 eu-west-3 euw3-az1 \
                egress 1 -
                5 123456789012 eni-1 10.0.0.1 10.0.0.2 0 0 1 10 1000 1700000000 1700000060 \
                REJECT OK vpc-1 subnet-1 i-1 0 IPv4 10.0.0.1 10.0.0.2 eu-west-3 euw3-az1 \
                ingress - -
                """;
    }

    private static String nsg() {
        return """
                {"time":"2026-11-20T22:00:00Z","macAddress":"00005E000101","category":"NetworkSecurityGroupFlowEvent",\
                "resourceId":"/SUBSCRIPTIONS/SUB-1/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/NSG-1",\
                "properties":{"Version":2,"flows":[{"rule":"r","flows":[{"mac":"00005E000101","flowTuples":[\
                "1700000000,10.0.0.1,10.0.0.2,50000,443,T,O,A,E,10,1000,20,2000",\
                "1700000000,10.0.0.2,10.0.0.1,50000,443,U,I,D,B,,,,"]}]}]}}""";
    }

    /** Of a network, and of an interface. */
    private static String vnet() {
        return vnet("virtualNetworks/net-1") + vnet("networkInterfaces/nic-1");
    }

    private static String vnet(String target) {
        return """
                {"time":"2026-11-20T22:00:00Z","macAddress":"00005E000101","category":"FlowLogFlowEvent",\
                "flowLogResourceID":"/SUBSCRIPTIONS/SUB-1/RESOURCEGROUPS/RG/FLOWLOGS/L",\
                "targetResourceID":"/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Network/%s",\
                "flowRecords":{"flows":[{"aclID":"a","flowGroups":[{"rule":"r","flowTuples":[\
                "1700000000000,10.0.0.1,10.0.0.2,50000,443,6,O,E,NX,10,1000,20,2000",\
                "1700000000000,10.0.0.2,10.0.0.1,0,0,1,I,D,NX,0,0,0,0"]}]}]}}"""
                .formatted(target);
    }

    private static String gcp() {
        return """
                {"insertId":"x","jsonPayload":{"reporter":"SRC","connection":{"src_ip":"10.0.0.1","dest_ip":"10.0.0.2",\
                "src_port":50000,"dest_port":443,"protocol":6},"bytes_sent":"1000","packets_sent":"10",\
                "start_time":"2026-11-20T22:00:00.25Z","end_time":"2026-11-20T22:00:05Z",\
                "src_instance":{"vm_name":"vm-a"},"src_vpc":{"vpc_name":"net-a","project_id":"p"},"disposition":"ALLOWED",\
                "rtt_msec":"5"}}""";
    }

    private static Flow avro() {
        return Flow.newBuilder()
                .setSource("another")
                .setExporter("10.0.0.1")
                .setStart(1_000)
                .setEnd(2_000)
                .setSrc("10.0.0.1")
                .setDst("10.0.0.2")
                .setSrcPort(50_000)
                .setDstPort(443)
                .setTransport("tcp")
                .setProtocol(6)
                .setIcmpType(8)
                .setIcmpCode(0)
                .setBytes(1_000L)
                .setPackets(10L)
                .setReverseBytes(2_000L)
                .setReversePackets(20L)
                .setTcpFlags(27)
                .setSampling(100L)
                .setOutcome("ACCEPTED")
                .setInputIf(1L)
                .setOutputIf(2L)
                .setDirection("egress")
                .setVlan(100)
                .setVrf("blue")
                .setNextHop("10.0.0.254")
                .setSrcMac("00:00:5e:00:01:01")
                .setDstMac("00:00:5e:00:01:02")
                .setNatSrc("192.0.2.1")
                .setNatDst("192.0.2.2")
                .setNatSrcPort(1)
                .setNatDstPort(2)
                .setEndReason(3)
                .setApp("web")
                .setInterfaceId("nic-1")
                .setAccountId("a")
                .setVpcId("net-1")
                .setPktSrc("10.0.0.3")
                .setPktDst("10.0.0.4")
                .setTimeFrom("milliseconds")
                .setClamped(true)
                .setInputIfName("eth1")
                .setOutputIfName("eth2")
                .setMplsLabel(16)
                .build();
    }
}
