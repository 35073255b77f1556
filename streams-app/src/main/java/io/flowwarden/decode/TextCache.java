package io.flowwarden.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns bytes into strings without making the same one again: interface ids, VRF and application
 * names repeat from flow to flow. Direct-mapped and of fixed size, so hostile input only costs
 * hits.
 */
public final class TextCache {
    private static final int SLOTS = 1024;

    /** Longer names are cut: no name that means something is longer. */
    private static final int LONGEST = 255;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] values = new String[SLOTS];

    /**
     * Text of these bytes as UTF-8, up to the first NUL (fixed-size strings are padded with it).
     */
    public String text(byte[] bytes, int at, int length) {
        int end = at + Math.min(length, LONGEST);
        int hash = 1;
        int stop = at;
        while (stop < end && bytes[stop] != 0) {
            hash = 31 * hash + bytes[stop++];
        }
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        byte[] key = keys[slot];
        if (key != null && same(key, bytes, at, stop - at)) {
            return values[slot];
        }
        values[slot] = new String(bytes, at, stop - at, StandardCharsets.UTF_8);
        keys[slot] = Arrays.copyOfRange(bytes, at, stop);
        return values[slot];
    }

    private static boolean same(byte[] key, byte[] bytes, int at, int length) {
        return Arrays.equals(key, 0, key.length, bytes, at, at + length);
    }
}
