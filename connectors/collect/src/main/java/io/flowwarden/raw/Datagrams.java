package io.flowwarden.raw;

/** What can be told of an export datagram by its header, without its templates. */
public final class Datagrams {
    public static final int V5_HEADER = 24;
    public static final int V5_RECORD = 48;
    public static final int V9_HEADER = 20;
    public static final int IPFIX_HEADER = 16;

    private Datagrams() {}

    /** 5, 9 or 10 by the first two bytes, else 0. */
    public static int version(byte[] bytes) {
        int version = bytes.length < 2 ? 0 : Bytes.u16(bytes, 0);
        return version == 5 || version == 9 || version == 10 ? version : 0;
    }

    /**
     * Whether these bytes, found in any UDP packet or file, are meant as an export datagram: not
     * only its version, the lengths behind it agree, too.
     */
    public static boolean plausible(byte[] bytes) {
        return switch (version(bytes)) {
            case 5 -> bytes.length >= V5_HEADER + V5_RECORD && isV5Count(Bytes.u16(bytes, 2));
            case 9 -> bytes.length >= V9_HEADER && firstSet(bytes, V9_HEADER, true);
            case 10 ->
                    bytes.length >= IPFIX_HEADER
                            && Bytes.u16(bytes, 2) >= IPFIX_HEADER
                            && firstSet(bytes, IPFIX_HEADER, false);
            default -> false;
        };
    }

    /** 30 records are what fits an Ethernet frame; some exporters send a few more. */
    private static boolean isV5Count(int count) {
        return count >= 1 && count <= 64;
    }

    private static boolean firstSet(byte[] b, int at, boolean v9) {
        if (b.length - at < 4) {
            return true;
        }
        int id = Bytes.u16(b, at);
        boolean known = id >= 256 || (v9 ? id <= 1 : id == 2 || id == 3);
        return known && Bytes.u16(b, at + 2) >= 4;
    }

    /** Observation domain, source id, or engine type x 256 + engine id; 0 where it is cut off. */
    public static long domain(byte[] datagram) {
        return switch (version(datagram)) {
            case 5 -> datagram.length < V5_HEADER ? 0 : Bytes.u16(datagram, 20);
            case 9 -> datagram.length < V9_HEADER ? 0 : Bytes.u32(datagram, 16);
            case 10 -> datagram.length < IPFIX_HEADER ? 0 : Bytes.u32(datagram, 12);
            default -> 0;
        };
    }

    /** Export time in the header, epoch ms; 0 where it is cut off or of no known version. */
    public static long exportMillis(byte[] datagram) {
        return switch (version(datagram)) {
            case 5 ->
                    datagram.length < V5_HEADER
                            ? 0
                            : seconds(datagram, 8) + Bytes.u32(datagram, 12) / 1_000_000;
            case 9 -> datagram.length < V9_HEADER ? 0 : seconds(datagram, 8);
            case 10 -> datagram.length < IPFIX_HEADER ? 0 : seconds(datagram, 4);
            default -> 0;
        };
    }

    private static long seconds(byte[] datagram, int at) {
        return Bytes.u32(datagram, at) * 1000;
    }
}
