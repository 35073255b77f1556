package io.flowwarden.blockage;

import io.flowwarden.classify.Hash;
import io.flowwarden.detect.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * When conversations last worked, to the hour: what never worked is no incident. Bounded, the one
 * noted longest ago goes first. An entry is 44 bits of the conversation's hash and 20 bits of hours
 * since 1970; among so many, one in 170 million unknown ones is taken for known.
 *
 * <p>What is stored is a log: a ring of segments to whose head every new entry goes, so a batch
 * rewrites one small segment and not one for each of its flows. To find an entry there are sets of
 * eight places in the ring beside it, one cache line each; most flows of a busy site are looked up
 * there and nowhere else. A place is good as long as its entry lies in the ring, and of a full set
 * the oldest goes, which takes about one in twenty before its turn; so a ring that is read back in
 * its order answers exactly like the one that stored it.
 */
final class Successes {
    static final long HOUR = 3_600_000;

    private static final int SEGMENTS = 1_600;
    private static final int PER_SEGMENT = 64;
    private static final int SET = 8;

    private static final int HOUR_BITS = 20;
    private static final long HOURS = (1L << HOUR_BITS) - 1;

    /** Keeps an entry from being 0. */
    private static final long KEY = 1L << 63;

    private static final String PREFIX = "w/";

    private final Memory memory;
    private final int segments;

    /** Entries; 0 is none. Grows up to its bound. */
    private long[] ring = new long[PER_SEGMENT];

    /** Sets of places: the higher half is of the entry's key, the lower half the place + 1. */
    private long[] sets = new long[PER_SEGMENT];

    /** Entries ever added: the next one's place is what is left of it by the size of the ring. */
    private long added;

    /** Of {@link #added}, how many are stored. */
    private long stored;

    Successes(Memory memory) {
        this(memory, SEGMENTS);
    }

    /**
     * @param segments of 64 conversations each that it has room for
     */
    Successes(Memory memory, int segments) {
        this.memory = memory;
        this.segments = segments;
        load();
    }

    /** A conversation works; only the first in an hour changes anything. */
    void note(long hash, long at) {
        long hour = Math.max(0, at / HOUR) & HOURS;
        long entry = hash & ~HOURS | KEY | hour;
        long known = find(entry);
        if (known == 0 || (known & HOURS) < hour) {
            add(entry);
        }
    }

    /** End of the hour in which it last worked, epoch ms, or null. */
    Long last(long hash) {
        long known = find(hash & ~HOURS | KEY);
        return known == 0 ? null : (Long) (((known & HOURS) + 1) * HOUR);
    }

    /** The same conversation at one interface, which alone proves nothing for others. */
    static long at(long hash, int networkInterface) {
        return networkInterface == 0 ? hash : Hash.mix(hash, networkInterface);
    }

    /** Stores the segments that have new entries. */
    void flush() {
        while (stored < added) {
            int place = place(stored);
            store(place / PER_SEGMENT);
            stored = Math.min(added, stored + PER_SEGMENT - place % PER_SEGMENT);
        }
    }

    /** How many entries there were, then those of the segment, some from one turn before. */
    private void store(int segment) {
        var out = ByteBuffer.allocate(Long.BYTES * (1 + PER_SEGMENT)).putLong(added);
        out.asLongBuffer().put(ring, segment * PER_SEGMENT, PER_SEGMENT);
        memory.put(PREFIX + segment, out.array());
    }

    private void load() {
        for (int segment = 0; segment < segments; segment++) {
            byte[] bytes = memory.get(PREFIX + segment);
            if (bytes == null) {
                break;
            }
            var in = ByteBuffer.wrap(bytes);
            added = Math.max(added, in.getLong());
            reserve((segment + 1) * PER_SEGMENT);
            in.asLongBuffer().get(ring, segment * PER_SEGMENT, PER_SEGMENT);
        }
        stored = added;
        indexAll();
    }

    private int place(long number) {
        return (int) (number % ((long) segments * PER_SEGMENT));
    }

    /** The entry with the key of this one, or 0. */
    private long find(long entry) {
        int first = first(entry);
        for (int i = first; i < first + SET; i++) {
            long one = sets[i];
            if ((one ^ entry) >>> Integer.SIZE == 0) {
                long there = ring[(int) one - 1];
                if ((there ^ entry) >>> HOUR_BITS == 0) {
                    return there;
                }
            }
        }
        return 0;
    }

    private void add(long entry) {
        int place = place(added);
        if (place == ring.length) {
            reserve(place + 1);
            indexAll();
        }
        ring[place] = entry;
        added++;
        index(place);
    }

    /** Where the entry's key is, else where nothing is, else where the oldest is. */
    private void index(int place) {
        long entry = ring[place];
        int first = first(entry);
        int best = first;
        int greatest = -1;
        for (int i = first; i < first + SET; i++) {
            int age = age(sets[i], entry, place);
            if (age > greatest) {
                greatest = age;
                best = i;
            }
        }
        sets[best] = entry >>> Integer.SIZE << Integer.SIZE | place + 1;
    }

    /** How many entries came since that one; none is older, and the same key is the oldest. */
    private int age(long one, long entry, int place) {
        if (one == 0) {
            return ring.length;
        }
        int at = (int) one - 1;
        long there = ring[at];
        if ((there ^ entry) >>> HOUR_BITS == 0) {
            return Integer.MAX_VALUE;
        }
        boolean overwritten = (there ^ one) >>> Integer.SIZE != 0;
        return overwritten ? ring.length : Math.floorMod(place - at, ring.length);
    }

    private int first(long entry) {
        return (int) (entry >>> HOUR_BITS) * SET & sets.length - 1;
    }

    private void reserve(int needed) {
        if (ring.length < needed) {
            int most = segments * PER_SEGMENT;
            ring = Arrays.copyOf(ring, Math.min(most, Math.max(needed, ring.length * 2)));
        }
    }

    /** In the order in which they came. */
    private void indexAll() {
        sets = new long[Integer.highestOneBit(ring.length - 1) * 2];
        for (long number = Math.max(0, added - (long) segments * PER_SEGMENT);
                number < added;
                number++) {
            index(place(number));
        }
    }
}
