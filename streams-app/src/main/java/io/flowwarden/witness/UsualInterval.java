package io.flowwarden.witness;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The longest time between two records of a source, by hour of day: a mean would call every
 * exporter silent that sends in bursts. Of each hour of day the last two days count.
 */
final class UsualInterval {
    private static final long HOUR = 3_600_000;
    private static final int HOURS = 24;
    private static final long STEP = 1_000;

    private final long[] hours = new long[HOURS];
    private final long[] longest = new long[HOURS];
    private final long[] before = new long[HOURS];

    /**
     * So long passed since the record before.
     *
     * @param at tick time
     * @return whether that changed anything
     */
    boolean observe(long at, long gap) {
        long hour = Math.floorDiv(at, HOUR);
        int slot = Math.floorMod(hour, HOURS);
        long rounded = (gap + STEP - 1) / STEP * STEP;
        if (hours[slot] == hour && rounded <= longest[slot]) {
            return false;
        }
        if (hours[slot] != hour) {
            before[slot] = longest[slot];
            longest[slot] = 0;
            hours[slot] = hour;
        }
        longest[slot] = Math.max(longest[slot], rounded);
        return true;
    }

    /** Of this hour of day; where nothing is known of it, of the longest. */
    long at(long time) {
        int slot = Math.floorMod(Math.floorDiv(time, HOUR), HOURS);
        long usual = Math.max(longest[slot], before[slot]);
        if (hours[slot] == 0) {
            for (long one : longest) {
                usual = Math.max(usual, one);
            }
        }
        return usual;
    }

    void write(DataOutputStream out) throws IOException {
        for (int i = 0; i < HOURS; i++) {
            out.writeLong(hours[i]);
            out.writeInt((int) (longest[i] / STEP));
            out.writeInt((int) (before[i] / STEP));
        }
    }

    void read(DataInputStream in) throws IOException {
        for (int i = 0; i < HOURS; i++) {
            hours[i] = in.readLong();
            longest[i] = in.readInt() * STEP;
            before[i] = in.readInt() * STEP;
        }
    }
}
