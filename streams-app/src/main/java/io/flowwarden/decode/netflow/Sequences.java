package io.flowwarden.decode.netflow;

import io.flowwarden.decode.DecodeReport;
import java.nio.ByteBuffer;

/**
 * The sequences of one source, one for each version that it speaks. Stored beside its templates and
 * not with them, after every datagram: some thirty bytes a put, in a cached store that writes them
 * on once a commit. To keep them in heap only would be cheaper and lose, with every restart, the
 * one comparison that tells whether a datagram went missing then, so that a killed and an
 * undisturbed run would not report the same.
 */
final class Sequences {
    private static final byte VERSION = 1;
    private static final int[] VERSIONS = {5, 9, 10};

    private final Sequence[] each = {new Sequence(true), new Sequence(false), new Sequence(true)};
    private final ByteBuffer buffer = ByteBuffer.allocate(1 + 3 * (1 + Sequence.MOST_BYTES));

    /** See {@link Sequence#take}. */
    void take(
            int version,
            int number,
            int records,
            boolean hasUptime,
            int uptime,
            DecodeReport report) {
        each[version == 5 ? 0 : version - 8].take(number, records, hasUptime, uptime, report);
    }

    byte[] write() {
        buffer.clear().put(VERSION);
        for (int i = 0; i < each.length; i++) {
            if (each[i].begun()) {
                each[i].write(buffer.put((byte) VERSIONS[i]));
            }
        }
        var bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /** What was stored; a fresh start for null and for what cannot be read. */
    static Sequences read(byte[] stored) {
        var sequences = new Sequences();
        if (stored == null) {
            return sequences;
        }
        try {
            var from = ByteBuffer.wrap(stored);
            if (from.get() != VERSION) {
                return sequences;
            }
            while (from.hasRemaining()) {
                int version = from.get();
                sequences.each[version == 5 ? 0 : version - 8].read(from);
            }
            return sequences;
        } catch (RuntimeException e) {
            return new Sequences();
        }
    }
}
