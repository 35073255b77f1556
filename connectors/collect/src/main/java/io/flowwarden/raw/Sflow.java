package io.flowwarden.raw;

import io.flowwarden.net.Address;

/** What can be told of an sFlow v5 datagram by its header (sFlow version 5, section 5). */
public final class Sflow {
    public static final int VERSION = 5;

    /** Shortest header: one with an IPv4 agent address. */
    public static final int HEADER = 28;

    private static final int V4 = 1;
    private static final int V6 = 2;

    private Sflow() {}

    /** A 32-bit version and an address type of 1 or 2. */
    public static boolean startsAt(byte[] bytes, int at, int length) {
        return length >= HEADER && Bytes.i32(bytes, at) == VERSION && addressLength(bytes, at) > 0;
    }

    /** Canonical text of the agent's address, or null where the header is cut. */
    public static String agent(byte[] datagram) {
        if (samplesAt(datagram, 0, datagram.length) < 0) {
            return null;
        }
        return addressLength(datagram, 0) == 4
                ? Address.text(0, Address.v4(Bytes.i32(datagram, 8)))
                : Address.text(Bytes.i64(datagram, 8), Bytes.i64(datagram, 16));
    }

    /** Number of the process in the agent; 0 where the header is cut. */
    public static long subAgent(byte[] datagram) {
        int samples = samplesAt(datagram, 0, datagram.length);
        return samples < 0 ? 0 : Bytes.u32(datagram, samples - 16);
    }

    /** Where the samples begin, behind their count; -1 where the header is cut or no header. */
    public static int samplesAt(byte[] bytes, int at, int length) {
        if (length < HEADER) {
            return -1;
        }
        int address = addressLength(bytes, at);
        int header = HEADER - 4 + address;
        return address == 0 || length < header ? -1 : at + header;
    }

    /** Bytes of the datagram, sample by sample; -1 where it does not end where it says. */
    public static int length(byte[] bytes, int at, int length) {
        int p = samplesAt(bytes, at, length);
        if (p < 0) {
            return -1;
        }
        int end = at + length;
        for (long left = Bytes.u32(bytes, p - 4); left > 0; left--) {
            if (end - p < 8 || Bytes.u32(bytes, p + 4) > end - p - 8) {
                return -1;
            }
            p += 8 + Bytes.i32(bytes, p + 4);
        }
        return p - at;
    }

    private static int addressLength(byte[] bytes, int at) {
        return switch (Bytes.i32(bytes, at + 4)) {
            case V4 -> 4;
            case V6 -> 16;
            default -> 0;
        };
    }
}
