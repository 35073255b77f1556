package io.flowwarden.blockage;

import io.flowwarden.classify.Fifo;
import io.flowwarden.classify.Hash;
import io.flowwarden.detect.Memory;
import java.util.BitSet;

/**
 * When conversations last worked, to the hour: what never worked is no incident. Bounded, oldest
 * out. An entry is 44 bits of the conversation's hash and 20 bits of hours since 1970; among so
 * many, one in 170 million unknown ones is taken for known.
 */
final class Successes {
    static final long HOUR = 3_600_000;

    private static final int SEGMENTS = 400;
    private static final int PER_SEGMENT = 256;
    private static final long HOURS = (1L << 20) - 1;

    /** Keeps the key from being 0. */
    private static final long KEY = 1L << 63;

    private static final String PREFIX = "g/";

    private final Memory memory;
    private final Fifo entries = new Fifo(SEGMENTS, PER_SEGMENT, ~HOURS);

    Successes(Memory memory) {
        this.memory = memory;
        entries.load(segment -> memory.get(PREFIX + segment));
    }

    /** A conversation works; only the first in an hour changes anything. */
    void note(long hash, long at) {
        long hour = Math.max(0, at / HOUR) & HOURS;
        long entry = hash & ~HOURS | KEY | hour;
        long known = entries.find(entry);
        if (known == 0 || (known & HOURS) < hour) {
            entries.put(entry);
        }
    }

    /** End of the hour in which it last worked, epoch ms, or null. */
    Long last(long hash) {
        long known = entries.find(hash & ~HOURS | KEY);
        return known == 0 ? null : (Long) (((known & HOURS) + 1) * HOUR);
    }

    /** The same conversation at one interface, which alone proves nothing for others. */
    static long at(long hash, int networkInterface) {
        return networkInterface == 0 ? hash : Hash.mix(hash, networkInterface);
    }

    void flush() {
        BitSet changed = entries.changed();
        for (int s = changed.nextSetBit(0); s >= 0; s = changed.nextSetBit(s + 1)) {
            memory.put(PREFIX + s, entries.segment(s));
        }
        changed.clear();
    }
}
