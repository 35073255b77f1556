package io.flowwarden.input;

import java.io.IOException;

/** Reads the classic capture format (draft-ietf-opsawg-pcap, section 4). */
final class Pcap {
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;

    /** Larger than any snap length in use; beyond it the length field is damage. */
    static final int MAX_PACKET = 1 << 20;

    private final ByteSource in;
    private final boolean littleEndian;
    private final boolean nanoseconds;

    private Pcap(ByteSource in, boolean littleEndian, boolean nanoseconds) {
        this.in = in;
        this.littleEndian = littleEndian;
        this.nanoseconds = nanoseconds;
    }

    static boolean startsAt(ByteSource in) {
        return in.fill(4) == 4 && open(in) != null;
    }

    static void read(ByteSource in, PacketSink out) throws IOException {
        open(in).packets(out);
    }

    private static Pcap open(ByteSource in) {
        return switch ((int) in.u32(0)) {
            case 0xa1b2c3d4 -> new Pcap(in, false, false);
            case 0xa1b23c4d -> new Pcap(in, false, true);
            case 0xd4c3b2a1 -> new Pcap(in, true, false);
            case 0x4d3cb2a1 -> new Pcap(in, true, true);
            default -> null;
        };
    }

    private void packets(PacketSink out) throws IOException {
        int header = in.fill(FILE_HEADER);
        if (header < FILE_HEADER) {
            throw DamagedInput.at(in.offset(), "the pcap header of 24 bytes is cut: " + header);
        }
        // The upper bits say whether a frame check sequence follows each packet.
        int linkType = (int) u32(20) & 0xffff;
        in.skip(FILE_HEADER);
        for (int left = in.fill(PACKET_HEADER); left > 0; left = in.fill(PACKET_HEADER)) {
            if (left < PACKET_HEADER) {
                throw DamagedInput.at(
                        in.offset(), "a packet header of 16 bytes is cut: " + left + " left");
            }
            long length = u32(8);
            if (length > MAX_PACKET) {
                throw DamagedInput.at(in.offset() + 8, "no packet has a length of " + length);
            }
            int wanted = PACKET_HEADER + (int) length;
            int got = in.fill(wanted);
            if (got < wanted) {
                throw DamagedInput.at(
                        in.offset() + PACKET_HEADER,
                        "a packet of "
                                + length
                                + " bytes is cut: "
                                + (got - PACKET_HEADER)
                                + " left");
            }
            long millis = u32(0) * 1000 + u32(4) / (nanoseconds ? 1_000_000 : 1000);
            out.packet(linkType, millis, in.buffer(), in.position() + PACKET_HEADER, (int) length);
            in.skip(wanted);
        }
    }

    private long u32(int at) {
        long value = in.u32(at);
        return littleEndian ? Integer.reverseBytes((int) value) & 0xffffffffL : value;
    }
}
