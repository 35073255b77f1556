package io.flowwarden.decode.hostile;

import static io.flowwarden.decode.ExportBytes.ipfix;
import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static io.flowwarden.decode.ExportBytes.v9;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Sound input of every format, written by hand and small: what the fuzz targets start from, and
 * what is cut and changed in every build.
 */
final class Seeds {
    private Seeds() {}

    /** By fuzz target, then by name. */
    static Map<String, Map<String, byte[]>> all() {
        var all = new LinkedHashMap<String, Map<String, byte[]>>();
        all.put("netflow", netflow());
        all.put("templates", Map.of("none", new byte[0], "one-byte", new byte[] {0, 40, 7}));
        all.put("sflow", Map.of("flow-and-counters", sflow()));
        all.put("aws", aws());
        all.put("azure", azure());
        all.put("gcp", gcp());
        all.put("headers", Map.of("all", headers()));
        all.put("files", files());
        return all;
    }

    /** Datagrams in the order sent, each behind its length of two bytes. */
    static byte[] framed(byte[]... datagrams) {
        var out = raw();
        for (byte[] datagram : datagrams) {
            out.u16(datagram.length).bytes(datagram);
        }
        return out.get();
    }

    static Map<String, byte[]> netflow() {
        byte[] fixed =
                template(256, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 6, 1, 1, 4, 2, 4, 22, 4, 21, 4);
        byte[] record = raw().ip("10.0.0.1").ip("10.0.0.2").u16(1).u16(2).u8(6).zeros(17).get();
        byte[] v9options =
                raw().u16(300).u16(4).u16(8).u16(1).u16(4).u16(34).u16(4).u16(35).u16(1).get();
        byte[] sampling = raw().u32(1).u32(100).u8(1).get();
        byte[] options = raw().u16(300).u16(2).u16(1).u16(149).u16(4).u16(160).u16(8).get();
        byte[] variable =
                template(257, 7, 2, 96, 65_535, 315, 65_535, 27, 16, 28, 16, 139, 2, 4, 1);
        byte[] texts = raw().u16(1).u8(4).text("http").u8(255).u16(20).zeros(20).zeros(35).get();
        byte[] reverse =
                raw().u16(258)
                        .u16(3)
                        .u16(1)
                        .u16(8)
                        .u16(0x8001)
                        .u16(8)
                        .u32(29_305)
                        .u16(152)
                        .u16(8)
                        .get();
        byte[] biflow = raw().u64(10).u64(20).u64(1_700_000_000_000L).get();
        var seeds = new LinkedHashMap<String, byte[]>();
        seeds.put("v5", framed(raw().u16(5).u16(2).zeros(20).zeros(96).get()));
        seeds.put(
                "v9",
                framed(
                        v9(0, set(0, fixed), set(256, record, record)),
                        v9(0, set(1, v9options, new byte[2]), set(300, sampling, new byte[3])),
                        v9(0, set(256, record))));
        seeds.put(
                "ipfix",
                framed(
                        ipfix(0, set(2, fixed, variable, reverse), set(3, options, new byte[2])),
                        ipfix(
                                0,
                                set(300, raw().u32(0).u64(1_699_999_000_000L).get()),
                                set(256, record),
                                set(257, texts, texts),
                                set(258, biflow)),
                        ipfix(0, set(2, raw().u16(257).u16(0).get()))));
        return seeds;
    }

    /** RFC 802.3 frame, TCP in IPv4, in a flow sample; and a counter sample. sFlow version 5. */
    static byte[] sflow() {
        byte[] frame =
                raw().zeros(12)
                        .u16(0x0800)
                        .u8(0x45)
                        .u8(0)
                        .u16(60)
                        .u32(0)
                        .u8(64)
                        .u8(6)
                        .u16(0)
                        .ip("10.0.0.1")
                        .ip("10.0.0.2")
                        .u16(50_000)
                        .u16(443)
                        .zeros(9)
                        .u8(2)
                        .zeros(8)
                        .get();
        byte[] padded = Arrays.copyOf(frame, (frame.length + 3) / 4 * 4);
        byte[] header =
                raw().u32(1)
                        .u32(16 + padded.length)
                        .u32(1)
                        .u32(78)
                        .u32(4)
                        .u32(frame.length)
                        .bytes(padded)
                        .get();
        byte[] vlan = raw().u32(1001).u32(16).u32(10).u32(0).u32(20).u32(0).get();
        byte[] body = raw().u32(7).u32(3).u32(512).u32(1_000).u32(0).u32(1).u32(2).u32(2).get();
        byte[] counters = raw().u32(8).u32(3).u32(1).u32(1).u32(88).zeros(88).get();
        return raw().u32(5)
                .u32(1)
                .ip("10.0.0.9")
                .u32(0)
                .u32(1)
                .u32(1_000)
                .u32(2)
                .u32(1)
                .u32(body.length + header.length + vlan.length)
                .bytes(body, header, vlan)
                .u32(2)
                .u32(counters.length)
                .bytes(counters)
                .get();
    }

    private static Map<String, byte[]> aws() {
        return Map.of(
                "default",
                text(
                        "2 123456789010 eni-1 10.0.0.1 10.0.0.2 50000 31031 6 20 4249 1600000000"
                                + " 1600000060 ACCEPT OK\n"
                                + "2 123456789010 eni-1 - - - - - - - 1600000000 1600000070 -"
                                + " NODATA\n"),
                "header",
                text(
                        "version srcaddr dstaddr pkt-srcaddr srcport dstport protocol bytes packets"
                                + " start end tcp-flags action flow-direction\n"
                                + "5 10.0.0.1 fd00::2 10.0.0.3 1 2 17 3 4 5 6 - REJECT egress\n"));
    }

    private static Map<String, byte[]> azure() {
        return Map.of(
                "nsg-v2",
                text(
                        """
                        {"records":[{"time":"2026-11-20T22:00:00.0Z","systemId":"s","macAddress":"000D3AF87856",
                        "category":"NetworkSecurityGroupFlowEvent","resourceId":"/SUBSCRIPTIONS/A/NETWORKSECURITYGROUPS/N",
                        "properties":{"Version":2,"flows":[{"rule":"R","flows":[{"mac":"000D3AF87856","flowTuples":[
                        "1600000000,10.0.0.1,10.0.0.2,50000,443,T,O,A,B,,,,","1600000060,10.0.0.1,10.0.0.2,50000,443,T,O,A,E,1,66,2,99"]}]}]}}]}
                        """),
                "vnet",
                text(
                        """
                        {"records":[{"time":"2026-11-20T22:00:00.0Z","flowLogVersion":4,"macAddress":"000D3AF87856",
                        "category":"FlowLogFlowEvent","flowLogResourceID":"/SUBSCRIPTIONS/A/FLOWLOGS/F","targetResourceID":"/V",
                        "flowRecords":{"flows":[{"aclID":"1","flowGroups":[{"rule":"R","flowTuples":[
                        "1600000000000,10.0.0.1,10.0.0.2,50000,443,6,O,E,NX,1,66,2,99"]}]}]}}]}
                        """));
    }

    private static Map<String, byte[]> gcp() {
        return Map.of(
                "lines",
                text(
                        """
                        {"insertId":"a","jsonPayload":{"reporter":"SRC","connection":{"src_ip":"10.0.0.1","src_port":50000,"dest_ip":"10.0.0.2","dest_port":443,"protocol":6},"bytes_sent":"1234","packets_sent":"10","start_time":"2026-11-20T22:00:00.123456789Z","end_time":"2026-11-20T22:00:05Z","src_vpc":{"vpc_name":"v","subnetwork_name":"s","project_id":"p"}},"logName":"projects/p/logs/compute.googleapis.com%2Fvpc_flows","resource":{"labels":{"subnetwork_name":"s"}}}
                        """));
    }

    private static byte[] headers() {
        return text("netflow\0001600000000000\00010.0.0.1\000etag:0\000version srcaddr\000f\0001");
    }

    private static Map<String, byte[]> files() {
        byte[] v9 = v9(1, set(0, template(256, 7, 2, 11, 2)), set(256, raw().u32(1).get()));
        byte[] udp = raw().u16(2055).u16(2055).u16(8 + v9.length).u16(0).bytes(v9).get();
        byte[] ip =
                raw().u8(0x45)
                        .u8(0)
                        .u16(20 + udp.length)
                        .u32(0)
                        .u8(64)
                        .u8(17)
                        .u16(0)
                        .ip("10.0.0.9")
                        .ip("10.0.0.8")
                        .bytes(udp)
                        .get();
        byte[] frame = raw().zeros(12).u16(0x0800).bytes(ip).get();
        byte[] pcap =
                raw().u32(0xa1b2c3d4L)
                        .u16(2)
                        .u16(4)
                        .zeros(8)
                        .u32(65_535)
                        .u32(1)
                        .u32(1_600_000_000)
                        .u32(5)
                        .u32(frame.length)
                        .u32(frame.length)
                        .bytes(frame)
                        .get();
        byte[] padded = Arrays.copyOf(frame, (frame.length + 3) / 4 * 4);
        byte[] pcapng =
                raw().u32(0x0a0d0d0a)
                        .u32(28)
                        .u32(0x1a2b3c4d)
                        .u16(1)
                        .u16(0)
                        .u64(-1)
                        .u32(28)
                        .u32(1)
                        .u32(32)
                        .u16(1)
                        .u16(0)
                        .u32(0)
                        .u16(9)
                        .u16(1)
                        .u8(9)
                        .zeros(3)
                        .u32(0)
                        .u32(32)
                        .u32(6)
                        .u32(32 + padded.length)
                        .u32(0)
                        .u64(1_600_000_000_000_000_000L)
                        .u32(frame.length)
                        .u32(frame.length)
                        .bytes(padded)
                        .u32(32 + padded.length)
                        .get();
        var seeds = new LinkedHashMap<String, byte[]>();
        seeds.put("pcap", pcap);
        seeds.put("pcapng", pcapng);
        seeds.put("bare", raw().bytes(v9, v9).get());
        seeds.put("aws", aws().get("default"));
        seeds.put("aws-gzip", gzip(aws().get("header")));
        seeds.put("azure", azure().get("nsg-v2"));
        seeds.put("gcp", gcp().get("lines"));
        seeds.put(
                "cloudwatch",
                text("{\"events\":[{\"message\":\"" + lines(aws().get("default")) + "\"}]}"));
        return seeds;
    }

    private static String lines(byte[] text) {
        return new String(text, UTF_8).replace("\n", "\\n");
    }

    private static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = out.toByteArray();
        // The byte that names the operating system; Java's has changed.
        bytes[9] = 0;
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }
}
