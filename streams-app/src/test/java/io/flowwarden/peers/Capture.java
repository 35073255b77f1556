package io.flowwarden.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A classic pcap file of Ethernet frames that carry IPv4: enough for exporters to read and for
 * datagrams to be shown to tshark. Checksums of TCP and UDP are left out; nobody asks for them.
 */
final class Capture {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int ETHERNET = 1;
    private static final int FRAME_HEADER = 14;
    private static final int IP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;

    /** Where datagrams of {@link #datagram} go, so that tshark can be told what they are. */
    static final int PORT = 2055;

    private record Frame(long micros, byte[] bytes) {}

    private final List<Frame> frames = new ArrayList<>();

    /** How many packets there are. */
    long packets() {
        return frames.size();
    }

    /** Bytes from the IP header on. */
    long bytes() {
        return frames.stream().mapToLong(frame -> frame.bytes.length - FRAME_HEADER).sum();
    }

    /**
     * Adds an IPv4 packet.
     *
     * @param micros since the epoch
     */
    void add(long micros, int from, int to, int protocol, byte[] payload) {
        var packet = ByteBuffer.allocate(FRAME_HEADER + IP_HEADER + payload.length);
        packet.put(new byte[] {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0});
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (IP_HEADER + payload.length));
        packet.putInt(0x00010000).put((byte) 64).put((byte) protocol).putShort((short) 0);
        packet.putInt(from).putInt(to);
        packet.putShort(FRAME_HEADER + 10, checksum(packet.array()));
        packet.put(payload);
        frames.add(new Frame(micros, packet.array()));
    }

    /** Adds a UDP datagram over loopback to {@link #PORT}. */
    void datagram(long micros, byte[] value) {
        var udp = ByteBuffer.allocate(UDP_HEADER + value.length);
        udp.putShort((short) 40_000).putShort((short) PORT);
        udp.putShort((short) udp.capacity()).putShort((short) 0).put(value);
        add(micros, 0x7f000001, 0x7f000001, UDP, udp.array());
    }

    /** Writes the packets by time. */
    void write(Path file) throws IOException {
        frames.sort(Comparator.comparingLong(Frame::micros));
        int size = 24 + frames.stream().mapToInt(frame -> 16 + frame.bytes.length).sum();
        var out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        out.putInt(0xffff).putInt(ETHERNET);
        for (Frame frame : frames) {
            out.putInt((int) (frame.micros / 1_000_000)).putInt((int) (frame.micros % 1_000_000));
            out.putInt(frame.bytes.length).putInt(frame.bytes.length).put(frame.bytes);
        }
        Files.write(file, out.array());
    }

    /** What UDP carries in a file that tcpdump wrote on this machine. */
    static List<byte[]> datagrams(Path file) throws IOException {
        var in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(0) != MAGIC || in.getInt(20) != ETHERNET) {
            throw new IOException(file + " is no capture of Ethernet");
        }
        var datagrams = new ArrayList<byte[]>();
        in.position(24);
        while (in.remaining() > 16) {
            in.position(in.position() + 8);
            int length = in.getInt();
            in.position(in.position() + 4 + FRAME_HEADER + IP_HEADER + UDP_HEADER);
            byte[] value = new byte[length - FRAME_HEADER - IP_HEADER - UDP_HEADER];
            in.get(value);
            datagrams.add(value);
        }
        return datagrams;
    }

    /** RFC 1071. */
    private static short checksum(byte[] frame) {
        int sum = 0;
        for (int i = FRAME_HEADER; i < FRAME_HEADER + IP_HEADER; i += 2) {
            sum += (frame[i] & 255) << 8 | frame[i + 1] & 255;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
