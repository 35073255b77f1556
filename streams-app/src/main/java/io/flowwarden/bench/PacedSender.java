package io.flowwarden.bench;

import io.flowwarden.raw.RawRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * The exporters, in a process of their own so that neither collector pauses them: eight of them on
 * 127.0.0.2 to 127.0.0.9, which send NetFlow v9 of 24 flows a datagram in turns. Reads lines {@code
 * port rate milliseconds} and answers each with {@code sent nanoseconds}.
 */
public final class PacedSender {
    static final int EXPORTERS = 8;
    private static final int FIRST_HOST = 2;

    /** Of each exporter; a template comes first and now and then. */
    private static final int DATAGRAMS = 512;

    private static final int SEQUENCE = 12;
    private static final long SLICE_NANOS = 500_000;

    /** What was missed for longer is not made up for: it would be a burst that nobody asked for. */
    private static final long MOST_SLICES = 20;

    private static final double NANOS = 1e9;

    private final ByteBuffer[][] datagrams = new ByteBuffer[EXPORTERS][DATAGRAMS];

    private PacedSender() {
        var workload = new Workload(42, 10_000, EXPORTERS);
        for (int i = 0; i < DATAGRAMS; i++) {
            for (int exporter = 0; exporter < EXPORTERS; exporter++) {
                RawRecord raw = workload.next();
                datagrams[exporter][i] =
                        ByteBuffer.allocateDirect(raw.value().length).put(raw.value());
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        var sender = new PacedSender();
        try (var in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] order = line.split(" ");
                System.out.println(
                        sender.send(
                                Integer.parseInt(order[0]),
                                Integer.parseInt(order[1]),
                                Long.parseLong(order[2]) * 1_000_000));
            }
        }
    }

    private String send(int port, int rate, long duration) throws IOException {
        var exporters = new DatagramChannel[EXPORTERS];
        try {
            for (int i = 0; i < EXPORTERS; i++) {
                exporters[i] = DatagramChannel.open();
                exporters[i].bind(
                        new InetSocketAddress(
                                InetAddress.getByAddress(
                                        new byte[] {127, 0, 0, (byte) (FIRST_HOST + i)}),
                                0));
                exporters[i].connect(new InetSocketAddress("127.0.0.1", port));
            }
            return pace(exporters, rate, duration);
        } finally {
            for (DatagramChannel exporter : exporters) {
                if (exporter != null) {
                    exporter.close();
                }
            }
        }
    }

    private String pace(DatagramChannel[] exporters, int rate, long duration) throws IOException {
        long most = Math.max(1, (long) (rate * MOST_SLICES * SLICE_NANOS / NANOS));
        long begin = System.nanoTime();
        long sent = 0;
        long forgone = 0;
        long now = begin;
        while (now - begin < duration) {
            long due = (long) ((now - begin) / NANOS * rate) - sent - forgone;
            if (due > most) {
                forgone += due - most;
                due = most;
            }
            for (long i = 0; i < due; i++) {
                write(exporters, sent++);
            }
            LockSupport.parkNanos(SLICE_NANOS);
            now = System.nanoTime();
        }
        return sent + " " + (now - begin);
    }

    private void write(DatagramChannel[] exporters, long turn) throws IOException {
        int exporter = (int) (turn % EXPORTERS);
        long sequence = turn / EXPORTERS;
        ByteBuffer datagram = datagrams[exporter][(int) (sequence % DATAGRAMS)];
        datagram.putInt(SEQUENCE, (int) sequence).clear();
        exporters[exporter].write(datagram);
    }
}
