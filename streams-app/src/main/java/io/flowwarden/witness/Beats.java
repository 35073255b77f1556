package io.flowwarden.witness;

import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.LinkKind;

/** In which eighths of the last three deadlines a member was seen, one bit each, newest first. */
final class Beats {
    private static final int PER_DEADLINE = 8;
    private static final int DEADLINES = 3;
    static final int EIGHTHS = PER_DEADLINE * DEADLINES;
    private static final long ALL = (1L << EIGHTHS + PER_DEADLINE) - 1;

    private Beats() {}

    /** Whether the link has a cadence. */
    static boolean isExpected(DeclaredLink link) {
        return link.kind() == LinkKind.HEARTBEAT || link.kind() == LinkKind.PRESENCE;
    }

    /** Eighths of a deadline that the cadence fills. */
    static int needed(DeclaredLink link) {
        return Math.min(PER_DEADLINE, link.misses());
    }

    /**
     * Eighths that a flow of so many packets shows, bit 0 the one it ends in. A record of a minute
     * with a beat every ten seconds shows as many as it has packets.
     *
     * @param last end of its last eighth
     */
    static long marks(long start, long last, long packets, long eighth) {
        long spanned = Math.max(1, Math.min(EIGHTHS, (last - start + eighth - 1) / eighth));
        long marked = Math.max(1, Math.min(spanned, packets));
        if (marked == spanned) {
            return (1L << spanned) - 1;
        }
        long marks = 0;
        for (long i = 0; i < marked; i++) {
            marks |= 1L << i * spanned / marked;
        }
        return marks;
    }

    /** So many eighths later; a negative number is earlier. */
    static long shift(long slots, long eighths) {
        return eighths >= Long.SIZE ? 0 : slots << eighths & ALL;
    }

    /** Whether each of the three deadlines had less than half of the eighths it needs. */
    static boolean tooFew(long slots, int needed) {
        for (int deadline = 0; deadline < DEADLINES; deadline++) {
            long eighths = slots >>> deadline * PER_DEADLINE & (1 << PER_DEADLINE) - 1;
            if (Long.bitCount(eighths) * 2 >= needed) {
                return false;
            }
        }
        return true;
    }
}
