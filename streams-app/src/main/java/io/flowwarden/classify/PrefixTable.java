package io.flowwarden.classify;

import io.flowwarden.net.Address;

/**
 * Longest-prefix match from an address to a number.
 *
 * <p>IPv4: the first 16 bits index {@link #root}, then at most two chunks of 256 entries follow, in
 * which runs of equal entries are stored once: 256 bits say where a run starts, and the number of
 * bits up to an entry is where its value lies (the leaf compression of poptrie, Asai and Ohara,
 * SIGCOMM 2015, with 8 bits a step). A million addresses side by side take a few MB, a million
 * scattered ones at most about 200 bytes each.
 *
 * <p>IPv6: one hash table per prefix length in use, longest first. Estates use few lengths.
 */
final class PrefixTable {
    /** Value of what no prefix covers. */
    static final int NOWHERE = 0;

    /** By the first 16 bits: a value, or the complement of a chunk's number. */
    private final int[] root;

    /** Per chunk four pairs: where runs start, and the index of the last run before. */
    private final long[] chunks;

    /** By run: a value, or the complement of a chunk's number. */
    private final int[] values;

    private final V6Table[] v6;

    PrefixTable(int[] root, long[] chunks, int[] values, V6Table[] v6) {
        this.root = root;
        this.chunks = chunks;
        this.values = values;
        this.v6 = v6;
    }

    int find(long hi, long lo) {
        if (!Address.isV4(hi, lo)) {
            return findV6(hi, lo);
        }
        int bits = (int) lo;
        int value = root[bits >>> 16];
        if (value < 0) {
            value = step(~value, bits >>> 8 & 255);
            if (value < 0) {
                value = step(~value, bits & 255);
            }
        }
        return value;
    }

    private int step(int chunk, int octet) {
        int word = chunk * 8 + (octet >>> 6) * 2;
        int run = (int) chunks[word + 1] + Long.bitCount(chunks[word] & -1L >>> 63 - (octet & 63));
        return values[run];
    }

    private int findV6(long hi, long lo) {
        for (V6Table table : v6) {
            int value = table.find(hi, lo);
            if (value >= 0) {
                return value;
            }
        }
        return NOWHERE;
    }
}
