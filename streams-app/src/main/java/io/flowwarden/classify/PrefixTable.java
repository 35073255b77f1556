package io.flowwarden.classify;

import io.flowwarden.flow.Address;

/**
 * Longest-prefix match. It answers with a <em>slot</em>, which stands for one location; what the
 * hot path wants of it (the place) and what only an explanation wants (the location) lie in two
 * arrays, so that the second does not push the first out of the cache.
 *
 * <p>IPv4: the first 16 bits index {@link #root}, then at most two chunks of 256 entries follow, in
 * which runs of equal entries are stored once: 256 bits say where a run starts, and the number of
 * bits up to an entry is its slot (the leaf compression of poptrie, Asai and Ohara, SIGCOMM 2015,
 * with 8 bits a step). A million addresses side by side take a few MB, a million scattered ones at
 * most about 200 bytes each.
 *
 * <p>IPv6: one hash table per prefix length in use, longest first. Estates use few lengths.
 */
final class PrefixTable {
    /** Slot of what no prefix covers. */
    static final int NOWHERE = 0;

    /** By the first 16 bits: a slot, or the complement of a chunk's number. */
    final int[] root;

    /** Per chunk four pairs: where runs start, and the slot of the last run before. */
    final long[] chunks;

    /** By slot: a place, or the complement of a chunk's number. */
    final int[] places;

    /** By slot. */
    final int[] locations;

    private final V6Table[] v6;

    PrefixTable(int[] root, long[] chunks, int[] places, int[] locations, V6Table[] v6) {
        this.root = root;
        this.chunks = chunks;
        this.places = places;
        this.locations = locations;
        this.v6 = v6;
    }

    int slot(long hi, long lo) {
        if (!Address.isV4(hi, lo)) {
            return v6Slot(hi, lo);
        }
        int bits = (int) lo;
        int slot = root[bits >>> 16];
        if (slot >= 0) {
            return slot;
        }
        slot = step(~slot, bits >>> 8 & 255);
        int place = places[slot];
        return place >= 0 ? slot : step(~place, bits & 255);
    }

    private int step(int chunk, int octet) {
        int word = chunk * 8 + (octet >>> 6) * 2;
        return (int) chunks[word + 1] + Long.bitCount(chunks[word] & -1L >>> 63 - (octet & 63));
    }

    private int v6Slot(long hi, long lo) {
        for (V6Table table : v6) {
            int slot = table.slot(hi, lo);
            if (slot >= 0) {
                return slot;
            }
        }
        return NOWHERE;
    }
}
