package io.flowwarden.classify;

/** IPv6 prefixes of one length: open addressing, at most half full. */
final class V6Table {
    private final long maskHi;
    private final long maskLo;
    private final long[] keys;
    private final int[] slots;
    private final int wrap;

    V6Table(int length, int size) {
        maskHi = length >= 64 ? -1L : length == 0 ? 0 : -1L << 64 - length;
        maskLo = length <= 64 ? 0 : -1L << 128 - length;
        int capacity = Integer.highestOneBit(Math.max(2, size) * 2 - 1) * 2;
        keys = new long[capacity * 2];
        slots = new int[capacity];
        wrap = capacity - 1;
    }

    /** Slot of the prefix that the address lies in, or -1. */
    int slot(long hi, long lo) {
        int at = find(hi & maskHi, lo & maskLo);
        return slots[at] - 1;
    }

    void put(long hi, long lo, int slot) {
        int at = find(hi, lo);
        keys[at * 2] = hi;
        keys[at * 2 + 1] = lo;
        slots[at] = slot + 1;
    }

    private int find(long hi, long lo) {
        int at = (int) Hash.mix(hi, lo) & wrap;
        while (slots[at] != 0 && (keys[at * 2] != hi || keys[at * 2 + 1] != lo)) {
            at = at + 1 & wrap;
        }
        return at;
    }
}
