package io.flowwarden.decode.cloud;

import java.nio.ByteBuffer;

/**
 * Tells the second report of a flow from the first: the other end of the same connection, the same
 * way, at an overlapping time. Remembers the last {@value #REPORTS} reports of a source, so a flow
 * whose ends report further apart than that is counted twice.
 */
final class BothEnds {
    static final int REPORTS = 256;

    /** Ends see the same packets some milliseconds apart. */
    private static final long APART = 1_000;

    private static final int BYTES = 3 * Long.BYTES + 1;

    private final long[] tuples = new long[REPORTS];
    private final long[] starts = new long[REPORTS];
    private final long[] ends = new long[REPORTS];
    private final byte[] reporters = new byte[REPORTS];
    private int next;
    private boolean changed;

    /**
     * @param stored what {@link #bytes} gave, or null; anything else is nothing
     */
    BothEnds(byte[] stored) {
        if (stored == null || stored.length != Integer.BYTES + REPORTS * BYTES) {
            return;
        }
        ByteBuffer from = ByteBuffer.wrap(stored);
        next = Math.floorMod(from.getInt(), REPORTS);
        for (int i = 0; i < REPORTS; i++) {
            tuples[i] = from.getLong();
            starts[i] = from.getLong();
            ends[i] = from.getLong();
            reporters[i] = from.get();
        }
    }

    /** Identity of one way of a connection. */
    static long tuple(long[] src, long[] dst, long srcPort, long dstPort, long protocol) {
        long hash = 0;
        for (long part : new long[] {src[0], src[1], dst[0], dst[1], srcPort, dstPort, protocol}) {
            hash = (hash ^ part) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /** False for the report of the other end; the first one is remembered. */
    boolean isFirst(long tuple, boolean fromDestination, long start, long end) {
        byte reporter = (byte) (fromDestination ? 2 : 1);
        for (int i = 0; i < REPORTS; i++) {
            if (tuples[i] == tuple
                    && reporters[i] != 0
                    && reporters[i] != reporter
                    && start <= ends[i] + APART
                    && starts[i] <= end + APART) {
                return false;
            }
        }
        tuples[next] = tuple;
        starts[next] = start;
        ends[next] = end;
        reporters[next] = reporter;
        next = (next + 1) % REPORTS;
        changed = true;
        return true;
    }

    boolean isChanged() {
        return changed;
    }

    byte[] bytes() {
        ByteBuffer to = ByteBuffer.allocate(Integer.BYTES + REPORTS * BYTES);
        to.putInt(next);
        for (int i = 0; i < REPORTS; i++) {
            to.putLong(tuples[i]).putLong(starts[i]).putLong(ends[i]).put(reporters[i]);
        }
        return to.array();
    }
}
