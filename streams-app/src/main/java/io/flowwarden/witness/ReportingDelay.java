package io.flowwarden.witness;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.roster.UsualDelay;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * How long after a packet its record may come: the longest record of the last day, or what the
 * exporter states (IE 36, 37), and some time to send it, but never less than the delay that is
 * usual for its kind.
 */
final class ReportingDelay {
    private static final long HOUR = 3_600_000;
    private static final int HOURS = 24;
    private static final long MARGIN = 30_000;

    /** So that a record of a device that did not know the time blinds its source for a day only. */
    private static final long LONGEST = HOURS * HOUR;

    /** Rounded up to this, it changes seldom. */
    private static final long STEP = 10_000;

    private final long[] hours = new long[HOURS];
    private final long[] longest = new long[HOURS];
    private long hour;
    private long longestOfAll;

    /** What the source says itself, ms; 0 while it says nothing. */
    private long stated;

    /**
     * A record was so long.
     *
     * @return whether that changed anything
     */
    boolean observe(long clock, long duration) {
        long now = Math.floorDiv(clock, HOUR);
        long rounded = Math.min(LONGEST, (duration + STEP - 1) / STEP * STEP);
        boolean changed = false;
        int slot = Math.floorMod(now, HOURS);
        if (hours[slot] != now || rounded > longest[slot]) {
            longest[slot] = hours[slot] == now ? Math.max(rounded, longest[slot]) : rounded;
            hours[slot] = now;
            changed = true;
        }
        if (changed || now != hour) {
            hour = now;
            longestOfAll = 0;
            for (int i = 0; i < HOURS; i++) {
                if (hours[i] > now - HOURS) {
                    longestOfAll = Math.max(longestOfAll, longest[i]);
                }
            }
        }
        return changed;
    }

    /**
     * The source states how long it keeps a flow.
     *
     * @param seconds or 0
     * @return whether that changed anything
     */
    boolean state(int seconds) {
        long now = seconds * 1000L;
        boolean changed = now > 0 && now != stated;
        stated = changed ? now : stated;
        return changed;
    }

    /**
     * @param configured what the estate says, or null; it replaces all
     */
    long delay(RawFormat format, Long configured) {
        return configured != null ? configured : Math.max(UsualDelay.of(format), longest());
    }

    private long longest() {
        long longest = Math.max(longestOfAll, stated);
        return longest == 0 ? 0 : longest + MARGIN;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(stated);
        out.writeLong(hour);
        for (int i = 0; i < HOURS; i++) {
            out.writeLong(hours[i]);
            out.writeLong(longest[i]);
        }
    }

    void read(DataInputStream in) throws IOException {
        stated = in.readLong();
        hour = in.readLong();
        Arrays.fill(longest, 0);
        for (int i = 0; i < HOURS; i++) {
            hours[i] = in.readLong();
            longest[i] = in.readLong();
            if (hours[i] > hour - HOURS) {
                longestOfAll = Math.max(longestOfAll, longest[i]);
            }
        }
    }
}
