package io.flowwarden.input;

/** Tells export datagrams by their content, and reads what a raw record says about them. */
public final class ExportPayload {
    static final int V5 = 5;
    static final int V9 = 9;
    static final int IPFIX = 10;
    static final int V5_HEADER = 24;
    static final int V5_RECORD = 48;
    static final int V9_HEADER = 20;
    static final int IPFIX_HEADER = 16;

    private ExportPayload() {}

    /** Version word of NetFlow v5, v9 or IPFIX. */
    public static boolean isVersion(int version) {
        return version == V5 || version == V9 || version == IPFIX;
    }

    public static int version(byte[] bytes, int at, int length) {
        return length < 2 ? -1 : u16(bytes, at);
    }

    /**
     * Whether a datagram is flow export by more than its version word, which many a DNS query
     * shares: the lengths inside have to fit.
     */
    static boolean isExport(byte[] bytes, int at, int length) {
        return switch (version(bytes, at, length)) {
            case V5 -> isV5(bytes, at, length);
            case V9 -> length >= V9_HEADER + 4 && isSet(bytes, at + V9_HEADER, length - V9_HEADER);
            case IPFIX ->
                    length >= IPFIX_HEADER
                            && u16(bytes, at + 2) >= IPFIX_HEADER
                            && u16(bytes, at + 2) <= length
                            && (length < IPFIX_HEADER + 4
                                    || isSet(bytes, at + IPFIX_HEADER, length - IPFIX_HEADER));
            default -> false;
        };
    }

    /** sFlow v5: a 32-bit version and an address type of 1 or 2 (sFlow version 5, page 44). */
    static boolean isSflow(byte[] bytes, int at, int length) {
        return length >= 28
                && u32(bytes, at) == 5
                && (u32(bytes, at + 4) == 1 || u32(bytes, at + 4) == 2);
    }

    /** Observation domain, source id, or v5's engine type x 256 + engine id; 0 where cut off. */
    public static long domain(byte[] bytes, int at, int length) {
        return switch (version(bytes, at, length)) {
            case V5 -> length >= 22 ? u16(bytes, at + 20) : 0;
            case V9 -> length >= 20 ? u32(bytes, at + 16) : 0;
            case IPFIX -> length >= 16 ? u32(bytes, at + 12) : 0;
            default -> 0;
        };
    }

    /** Export time in the header, epoch ms; 0 where cut off. */
    static long exportTime(byte[] bytes, int at, int length) {
        return switch (version(bytes, at, length)) {
            case V5 ->
                    length >= 16 ? u32(bytes, at + 8) * 1000 + u32(bytes, at + 12) / 1_000_000 : 0;
            case V9 -> length >= 12 ? u32(bytes, at + 8) * 1000 : 0;
            case IPFIX -> length >= 8 ? u32(bytes, at + 4) * 1000 : 0;
            default -> 0;
        };
    }

    static int u16(byte[] bytes, int at) {
        return (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
    }

    static long u32(byte[] bytes, int at) {
        return (long) u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    private static boolean isV5(byte[] bytes, int at, int length) {
        int count = length < 4 ? 0 : u16(bytes, at + 2);
        return count >= 1 && length >= V5_HEADER + V5_RECORD * count;
    }

    /** Set ids 0 to 3 carry templates, 256 and up data (RFC 3954 section 5, RFC 7011 section 3). */
    private static boolean isSet(byte[] bytes, int at, int left) {
        int id = u16(bytes, at);
        int length = u16(bytes, at + 2);
        return (id <= 3 || id >= 256) && length >= 4 && length <= left;
    }
}
