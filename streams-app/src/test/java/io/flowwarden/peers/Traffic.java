package io.flowwarden.peers;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * What goes by the exporters: replication, transfer and web over TCP, heartbeats over UDP, echoes.
 * The same every time, but for the time of day.
 */
final class Traffic {
    private static final int TCP_TALKS = 40;
    private static final int HEARTBEATS = 10;
    private static final int ECHOES = 4;
    private static final int[] PORTS = {31031, 902, 443};
    private static final int SYN = 2;
    private static final int FIN_ACK = 0x11;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;
    private static final int PSH_ACK = 0x18;

    /** Flows in one direction each: heartbeats go unanswered. */
    static final long FLOWS = 2 * TCP_TALKS + HEARTBEATS + 2 * ECHOES;

    static final long SECONDS = 4;

    private final Capture capture = new Capture();
    private final Random random = new Random(3);
    private final long begin;

    private Traffic(long beginMicros) {
        this.begin = beginMicros;
    }

    /** Four seconds of it. */
    static Capture from(long beginMicros) {
        var traffic = new Traffic(beginMicros);
        for (int i = 0; i < TCP_TALKS; i++) {
            traffic.tcp(i);
        }
        for (int i = 0; i < HEARTBEATS; i++) {
            traffic.heartbeats(i);
        }
        for (int i = 0; i < ECHOES; i++) {
            traffic.echoes(i);
        }
        return traffic.capture;
    }

    private void tcp(int i) {
        int client = address(10, 1, 10, 11 + i % 5);
        int server = address(10, 2, 20, 5 + i % 3);
        int port = PORTS[i % PORTS.length];
        long at = 10_000L * i;
        segment(at, client, server, 40_000 + i, port, SYN, 0);
        segment(at + 1_000, server, client, port, 40_000 + i, SYN_ACK, 0);
        segment(at + 2_000, client, server, 40_000 + i, port, ACK, 0);
        int turns = 1 + random.nextInt(30);
        for (int turn = 0; turn < turns; turn++) {
            long then = at + 10_000 + 50_000L * turn;
            segment(then, client, server, 40_000 + i, port, PSH_ACK, 1 + random.nextInt(1_400));
            segment(then + 1_000, server, client, port, 40_000 + i, ACK, 0);
        }
        segment(at + 3_000_000, client, server, 40_000 + i, port, FIN_ACK, 0);
        segment(at + 3_001_000, server, client, port, 40_000 + i, FIN_ACK, 0);
        segment(at + 3_002_000, client, server, 40_000 + i, port, ACK, 0);
    }

    private void segment(
            long at, int from, int to, int fromPort, int toPort, int flags, int payload) {
        var segment = ByteBuffer.allocate(20 + payload);
        segment.putShort((short) fromPort).putShort((short) toPort).putInt(1).putInt(1);
        segment.put((byte) 0x50).put((byte) flags).putShort((short) 1_000);
        capture.add(begin + at, from, to, 6, segment.array());
    }

    private void heartbeats(int i) {
        for (int beat = 0; beat < 5; beat++) {
            var datagram = ByteBuffer.allocate(8 + 64 + i);
            datagram.putShort((short) (45_000 + i)).putShort((short) 902);
            datagram.putShort((short) datagram.capacity());
            capture.add(
                    begin + 500_000L * beat + 3_000L * i,
                    address(10, 1, 10, 11 + i),
                    address(10, 1, 20, 2),
                    17,
                    datagram.array());
        }
    }

    private void echoes(int i) {
        int client = address(10, 1, 99, 11 + i);
        int server = address(10, 1, 20, 2);
        for (int beat = 0; beat < 3; beat++) {
            long at = begin + 500_000L * beat + 3_000L * i;
            byte[] request = new byte[64];
            request[0] = 8;
            capture.add(at, client, server, 1, request);
            capture.add(at + 1_000, server, client, 1, new byte[64]);
        }
    }

    private static int address(int a, int b, int c, int d) {
        return a << 24 | b << 16 | c << 8 | d;
    }
}
