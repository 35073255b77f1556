package io.flowwarden.classify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * A bounded set of numbers of which part is the key and part the value; the oldest go first. It is
 * kept as a ring of segments, and a segment is what is stored: what is new goes to the segment at
 * the head, so a batch with new entries rewrites one segment, and one without rewrites none. When
 * the head comes round to a full ring, the oldest segment is emptied.
 *
 * <p>What is in memory is a function of the stored segments, so a set that was loaded answers, and
 * goes on, exactly like the one that stored it.
 *
 * <p>Stored segment: its sequence number (8 bytes), then its entries (8 bytes each).
 */
final class Fifo {
    private static final int FILTER_SHARE = Long.SIZE / 8;

    private final int segments;
    private final int perSegment;
    private final long keyMask;
    private final BitSet changed = new BitSet();

    /** Entries by position; position / perSegment is the segment. */
    private long[] ring;

    /** How many segments were ever begun, the one at the head included. */
    private long begun;

    /** Entries in the segment at the head. */
    private int filled;

    /** Open addressing, at most half full; 0 is free, so no entry may be 0. */
    private long[] table = new long[64];

    private int[] positions = new int[64];
    private int size;

    /**
     * 8 bits for each place of the table, set for every key in it: most questions are about keys
     * that were never here, and end in this small array. What was removed stays set until the
     * filter is made again.
     */
    private long[] filter = new long[64 / FILTER_SHARE];

    private int removed;

    /**
     * @param keyMask bits that are the key; it must never be 0 under this mask
     */
    Fifo(int segments, int perSegment, long keyMask) {
        this.segments = segments;
        this.perSegment = perSegment;
        this.keyMask = keyMask;
        ring = new long[perSegment];
    }

    /** Reads back what {@link #segment} wrote. */
    void load(IntFunction<byte[]> stored) {
        for (int segment = 0; segment < segments; segment++) {
            byte[] bytes = stored.apply(segment);
            if (bytes == null) {
                return;
            }
            var in = ByteBuffer.wrap(bytes);
            long number = in.getLong();
            int count = in.remaining() / Long.BYTES;
            reserve(segment);
            for (int i = 0; i < count; i++) {
                int position = segment * perSegment + i;
                ring[position] = in.getLong();
                index(ring[position], position);
            }
            if (number > begun) {
                begun = number;
                filled = count;
            }
        }
    }

    int size() {
        return size;
    }

    /** How many entries it has room for by now: a measure of its memory. */
    int room() {
        return ring.length;
    }

    /** The entry with the key of this one, or 0. */
    long find(long entry) {
        long bit = filterBit(entry);
        return (filter[(int) (bit >>> 6)] >>> bit & 1) == 0 ? 0 : table[at(entry)];
    }

    /** Adds an entry, or replaces the one with its key where that lies. */
    void put(long entry) {
        int at = at(entry);
        if (table[at] == entry) {
            return;
        }
        if (table[at] != 0) {
            table[at] = entry;
            ring[positions[at]] = entry;
            changed.set(positions[at] / perSegment);
            return;
        }
        if (begun == 0 || filled == perSegment) {
            beginSegment();
        }
        int position = head() * perSegment + filled++;
        ring[position] = entry;
        changed.set(head());
        index(entry, position);
    }

    /** Segments that were not stored since they changed. */
    BitSet changed() {
        return changed;
    }

    byte[] segment(int segment) {
        boolean head = segment == head();
        int count = head ? filled : perSegment;
        long number = begun - Math.floorMod(head() - segment, segments);
        var out = ByteBuffer.allocate(Long.BYTES * (1 + count)).putLong(number);
        for (int i = 0; i < count; i++) {
            out.putLong(ring[segment * perSegment + i]);
        }
        return out.array();
    }

    private int head() {
        return (int) ((begun - 1) % segments);
    }

    private void beginSegment() {
        begun++;
        int segment = head();
        if (begun > segments) {
            for (int i = 0; i < perSegment; i++) {
                remove(ring[segment * perSegment + i]);
            }
            removed += perSegment;
            // Made again when a quarter of it is stale: a few ns for each new entry.
            if (removed * 4 > table.length) {
                refilter();
            }
        }
        filled = 0;
        reserve(segment);
    }

    private void reserve(int segment) {
        int needed = (segment + 1) * perSegment;
        if (ring.length < needed) {
            ring =
                    Arrays.copyOf(
                            ring,
                            Math.min(segments * perSegment, Math.max(needed, ring.length * 2)));
        }
    }

    private void index(long entry, int position) {
        if (++size * 2 > table.length) {
            grow();
        }
        int at = at(entry);
        table[at] = entry;
        positions[at] = position;
        pass(entry);
    }

    private void pass(long entry) {
        long bit = filterBit(entry);
        filter[(int) (bit >>> 6)] |= 1L << bit;
    }

    /** Other bits of the key than those that say where it lies in the table. */
    private long filterBit(long entry) {
        return (entry & keyMask) >>> 40 & filter.length * (long) Long.SIZE - 1;
    }

    private void grow() {
        long[] oldTable = table;
        int[] oldPositions = positions;
        table = new long[oldTable.length * 2];
        positions = new int[table.length];
        for (int i = 0; i < oldTable.length; i++) {
            if (oldTable[i] != 0) {
                int at = at(oldTable[i]);
                table[at] = oldTable[i];
                positions[at] = oldPositions[i];
            }
        }
        refilter();
    }

    private void refilter() {
        filter = new long[table.length / FILTER_SHARE];
        removed = 0;
        for (long entry : table) {
            if (entry != 0) {
                pass(entry);
            }
        }
    }

    /** Where the entry with this key is, or would go. */
    private int at(long entry) {
        int wrap = table.length - 1;
        int at = home(entry);
        while (table[at] != 0 && (table[at] & keyMask) != (entry & keyMask)) {
            at = at + 1 & wrap;
        }
        return at;
    }

    private int home(long entry) {
        long key = entry & keyMask;
        return (int) (key ^ key >>> 32) & table.length - 1;
    }

    /** Takes an entry out and closes the gap, so that no probe ends too early. */
    private void remove(long entry) {
        int wrap = table.length - 1;
        int gap = at(entry);
        size--;
        for (int i = gap + 1 & wrap; table[i] != 0; i = i + 1 & wrap) {
            if ((i - home(table[i]) & wrap) >= (i - gap & wrap)) {
                table[gap] = table[i];
                positions[gap] = positions[i];
                gap = i;
            }
        }
        table[gap] = 0;
    }
}
