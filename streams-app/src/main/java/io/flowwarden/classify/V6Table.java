package io.flowwarden.classify;

/** IPv6 prefixes of one length: open addressing, at most half full. */
final class V6Table {
    private final long maskHi;
    private final long maskLo;
    private final long[] keys;

    /** Value + 1; 0 is free. */
    private final int[] values;

    private final int wrap;

    V6Table(int length, int size) {
        maskHi = length >= 64 ? -1L : length == 0 ? 0 : -1L << 64 - length;
        maskLo = length <= 64 ? 0 : -1L << 128 - length;
        int capacity = Integer.highestOneBit(Math.max(2, size) * 2 - 1) * 2;
        keys = new long[capacity * 2];
        values = new int[capacity];
        wrap = capacity - 1;
    }

    /** Value of the prefix that the address lies in, or -1. */
    int find(long hi, long lo) {
        int at = at(hi & maskHi, lo & maskLo);
        return values[at] - 1;
    }

    void put(long hi, long lo, int value) {
        int at = at(hi, lo);
        keys[at * 2] = hi;
        keys[at * 2 + 1] = lo;
        values[at] = value + 1;
    }

    private int at(long hi, long lo) {
        int at = (int) Hash.mix(hi, lo) & wrap;
        while (values[at] != 0 && (keys[at * 2] != hi || keys[at * 2 + 1] != lo)) {
            at = at + 1 & wrap;
        }
        return at;
    }
}
