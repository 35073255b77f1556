package io.flowwarden.input;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Builds captures and datagrams byte by byte, without the code under test. */
final class CaptureBytes {
    static final long MILLIS = 1_700_000_000_123L;

    private CaptureBytes() {}

    static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static ByteBuffer big(int size) {
        return ByteBuffer.allocate(size);
    }

    /** NetFlow v5 datagram of empty records. */
    static byte[] v5(int records, int engine) {
        return big(24 + 48 * records)
                .putShort((short) 5)
                .putShort((short) records)
                .putInt(1000)
                .putInt((int) (MILLIS / 1000))
                .putInt(123_000_000)
                .putInt(0)
                .putShort((short) engine)
                .array();
    }

    /** NetFlow v9 datagram with one data set. */
    static byte[] v9(int sourceId, int dataBytes) {
        return big(24 + dataBytes)
                .putShort((short) 9)
                .putShort((short) 1)
                .putInt(1000)
                .putInt((int) (MILLIS / 1000))
                .putInt(0)
                .putInt(sourceId)
                .putShort((short) 256)
                .putShort((short) (4 + dataBytes))
                .array();
    }

    /** IPFIX message with one data set. */
    static byte[] ipfix(int domain, int dataBytes) {
        return big(20 + dataBytes)
                .putShort((short) 10)
                .putShort((short) (20 + dataBytes))
                .putInt((int) (MILLIS / 1000))
                .putInt(0)
                .putInt(domain)
                .putShort((short) 256)
                .putShort((short) (4 + dataBytes))
                .array();
    }

    static byte[] udp(int port, byte[] payload) {
        return big(8 + payload.length)
                .putShort((short) 40_000)
                .putShort((short) port)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    /** IPv4 packet from 10.1.0.1 to 10.1.0.2. */
    static byte[] ip4(byte[] payload) {
        return ip4Fragment(payload, 0, 0, false);
    }

    static byte[] ip4Fragment(byte[] payload, int id, int at, boolean more) {
        return big(20 + payload.length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + payload.length))
                .putShort((short) id)
                .putShort((short) (at / 8 | (more ? 0x2000 : 0)))
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .putInt(0x0a010001)
                .putInt(0x0a010002)
                .put(payload)
                .array();
    }

    /** IPv6 packet from 2001:db8::1, with extension headers before the payload. */
    static byte[] ip6(int firstHeader, byte[] extensionsAndPayload) {
        return big(40 + extensionsAndPayload.length)
                .putInt(0x60000000)
                .putShort((short) extensionsAndPayload.length)
                .put((byte) firstHeader)
                .put((byte) 64)
                .putLong(0x20010db8_00000000L)
                .putLong(1)
                .putLong(0x20010db8_00000000L)
                .putLong(2)
                .put(extensionsAndPayload)
                .array();
    }

    static byte[] ethernet(int etherType, byte[] payload) {
        return big(14 + payload.length)
                .position(12)
                .putShort((short) etherType)
                .put(payload)
                .array();
    }

    static byte[] vlan(byte[] ipPacket) {
        return ethernet(0x88a8, concat(new byte[] {0, 5, (byte) 0x81, 0, 0, 7, 8, 0}, ipPacket));
    }

    static byte[] pcap(int linkType, byte[]... packets) {
        return pcap(ByteOrder.LITTLE_ENDIAN, false, linkType, List.of(packets));
    }

    static byte[] pcap(ByteOrder order, boolean nanoseconds, int linkType, List<byte[]> packets) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                big(24).order(order)
                        .putInt(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4)
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .putLong(0)
                        .putInt(65535)
                        .putInt(linkType)
                        .array());
        for (byte[] packet : packets) {
            out.writeBytes(
                    big(16).order(order)
                            .putInt((int) (MILLIS / 1000))
                            .putInt((int) (MILLIS % 1000) * (nanoseconds ? 1_000_000 : 1000))
                            .putInt(packet.length)
                            .putInt(packet.length)
                            .array());
            out.writeBytes(packet);
        }
        return out.toByteArray();
    }

    static byte[] section(ByteOrder order) {
        return block(
                order,
                0x0a0d0d0a,
                big(16).order(order)
                        .putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1)
                        .array());
    }

    /**
     * @param resolution value of if_tsresol, or negative to leave it out
     */
    static byte[] interfaceBlock(ByteOrder order, int linkType, int resolution) {
        ByteBuffer body =
                big(resolution < 0 ? 8 : 20)
                        .order(order)
                        .putShort((short) linkType)
                        .putShort((short) 0)
                        .putInt(65535);
        if (resolution >= 0) {
            body.putShort((short) 9)
                    .putShort((short) 1)
                    .put((byte) resolution)
                    .put(new byte[3])
                    .putInt(0);
        }
        return block(order, 1, body.array());
    }

    static byte[] enhancedPacket(ByteOrder order, int number, long timestamp, byte[] packet) {
        int padded = packet.length + 3 & ~3;
        return block(
                order,
                6,
                big(20 + padded)
                        .order(order)
                        .putInt(number)
                        .putInt((int) (timestamp >>> 32))
                        .putInt((int) timestamp)
                        .putInt(packet.length)
                        .putInt(packet.length)
                        .put(packet)
                        .array());
    }

    static byte[] simplePacket(ByteOrder order, byte[] packet) {
        int padded = packet.length + 3 & ~3;
        return block(
                order, 3, big(4 + padded).order(order).putInt(packet.length).put(packet).array());
    }

    static byte[] block(ByteOrder order, int type, byte[] body) {
        return big(12 + body.length)
                .order(order)
                .putInt(type)
                .putInt(12 + body.length)
                .put(body)
                .putInt(12 + body.length)
                .array();
    }
}
