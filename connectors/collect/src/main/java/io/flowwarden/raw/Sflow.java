package io.flowwarden.raw;

/** Tells sFlow v5 datagrams, which are counted and not decoded yet. */
public final class Sflow {
    /** Shortest header: one with an IPv4 agent address. */
    public static final int HEADER = 28;

    private Sflow() {}

    /** A 32-bit version and an address type of 1 or 2 (sFlow version 5, section 5). */
    public static boolean startsAt(byte[] bytes, int at, int length) {
        return length >= HEADER
                && u32(bytes, at) == 5
                && (u32(bytes, at + 4) == 1 || u32(bytes, at + 4) == 2);
    }

    private static int u32(byte[] bytes, int at) {
        return (bytes[at] & 255) << 24
                | (bytes[at + 1] & 255) << 16
                | (bytes[at + 2] & 255) << 8
                | bytes[at + 3] & 255;
    }
}
