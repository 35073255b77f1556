package io.flowwarden.draft;

import java.util.BitSet;

/**
 * When something was busy, in slots of five minutes of UTC: the finest recovery point objective
 * that replication has, and fine enough for the window of a backup. Bounded: a month either side of
 * the first flow of the input, what lies beyond is not marked.
 */
final class Activity {
    static final long SLOT = 300_000;
    static final int SLOTS_A_DAY = 288;
    private static final int REACH = 31 * SLOTS_A_DAY;

    private final BitSet slots = new BitSet();

    /** Slot of a time, counted from 1970. */
    static long slot(long epochMillis) {
        return Math.floorDiv(epochMillis, SLOT);
    }

    /**
     * Marks the slots of a time, a day of them at most.
     *
     * @param origin slot of the input's first flow, the same for all
     */
    void busy(long origin, long from, long to) {
        long last = slot(to);
        long first = Math.max(slot(from), last - SLOTS_A_DAY);
        long low = Math.max(0, first - origin + REACH);
        long high = Math.min(2L * REACH, last - origin + REACH);
        if (low <= high) {
            slots.set((int) low, (int) high + 1);
        }
    }

    void add(Activity other) {
        slots.or(other.slots);
    }

    /** Busy slots, counted from 1970, in order. */
    long[] slots(long origin) {
        return slots.stream().mapToLong(slot -> slot + origin - REACH).toArray();
    }
}
