package io.flowwarden.decode.netflow;

import io.flowwarden.decode.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Export datagrams as they lie in files: telling what they are, and where the next one begins. */
public final class Datagrams {
    private Datagrams() {}

    /**
     * What a file holds.
     *
     * @param datagrams in order; the last one may be cut off
     * @param junkAt offset of the bytes behind them that are no datagram, or -1
     */
    public record Split(List<byte[]> datagrams, int junkAt) {}

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
        return plausible(bytes, 0, bytes.length);
    }

    static boolean plausible(byte[] b, int at, int end) {
        int left = end - at;
        if (left < 2) {
            return false;
        }
        return switch (Bytes.u16(b, at)) {
            case 5 -> left >= V5.HEADER && v5(b, at, left);
            case 9 -> left >= V9.HEADER && firstSet(b, at + V9.HEADER, end, true);
            case 10 ->
                    left >= Ipfix.HEADER
                            && Bytes.u16(b, at + 2) >= Ipfix.HEADER
                            && firstSet(b, at + Ipfix.HEADER, end, false);
            default -> false;
        };
    }

    private static boolean v5(byte[] b, int at, int left) {
        int count = Bytes.u16(b, at + 2);
        // 30 records are what fits an Ethernet frame; some exporters send a few more.
        return count >= 1 && count <= 64 && left >= V5.HEADER + V5.RECORD;
    }

    private static boolean firstSet(byte[] b, int at, int end, boolean v9) {
        if (end - at < 4) {
            return true;
        }
        int id = Bytes.u16(b, at);
        boolean known = id >= 256 || (v9 ? id <= 1 : id == 2 || id == 3);
        return known && Bytes.u16(b, at + 2) >= 4;
    }

    /** Observation domain, source id, or engine type x 256 + engine id; 0 where it is cut off. */
    public static long domain(byte[] datagram) {
        return switch (version(datagram)) {
            case 5 -> datagram.length < V5.HEADER ? 0 : Bytes.u16(datagram, 20);
            case 9 -> datagram.length < V9.HEADER ? 0 : Bytes.u32(datagram, 16);
            case 10 -> datagram.length < Ipfix.HEADER ? 0 : Bytes.u32(datagram, 12);
            default -> 0;
        };
    }

    /** Export time in the header, epoch ms; 0 where it is cut off or of no known version. */
    public static long exportMillis(byte[] datagram) {
        return switch (version(datagram)) {
            case 5 -> datagram.length < V5.HEADER ? 0 : V5.exportMillis(datagram, 0);
            case 9 -> datagram.length < V9.HEADER ? 0 : V9.exportMillis(datagram, 0);
            case 10 -> datagram.length < Ipfix.HEADER ? 0 : Ipfix.exportMillis(datagram, 0);
            default -> 0;
        };
    }

    /**
     * Takes a file of datagrams written one behind the other apart. All are of the version of the
     * first; a v9 datagram, whose header has no length, ends where the set id would be 9.
     */
    public static Split split(byte[] file) {
        var datagrams = new ArrayList<byte[]>();
        int version = version(file);
        int at = 0;
        while (at < file.length) {
            if (at > 0
                    && (Bytes.uint(file, at, Math.min(2, file.length - at)) != version
                            || !plausible(file, at, file.length))) {
                return new Split(datagrams, at);
            }
            int end = version == 0 ? file.length : end(file, at, version);
            datagrams.add(at == 0 && end == file.length ? file : Arrays.copyOfRange(file, at, end));
            at = end;
        }
        return new Split(datagrams, -1);
    }

    /** First byte behind the datagram that begins at {@code at}; always behind {@code at}. */
    private static int end(byte[] file, int at, int version) {
        int left = file.length - at;
        return switch (version) {
            case 5 ->
                    left < V5.HEADER ? file.length : at + Math.min(left, v5Length(file, at, left));
            case 9 -> left < V9.HEADER ? file.length : v9End(file, at);
            default -> {
                int length = left < 4 ? 0 : Bytes.u16(file, at + 2);
                yield length < Ipfix.HEADER ? file.length : at + Math.min(left, length);
            }
        };
    }

    private static int v5Length(byte[] file, int at, int left) {
        int count = Bytes.u16(file, at + 2);
        // Whoever states more than fits is not followed by a datagram that we could find.
        return count == 0 || count > 64 ? left : V5.HEADER + count * V5.RECORD;
    }

    private static int v9End(byte[] file, int at) {
        int p = at + V9.HEADER;
        while (file.length - p >= 4) {
            if (Bytes.u16(file, p) == 9 && plausible(file, p, file.length)) {
                return p;
            }
            int length = Bytes.u16(file, p + 2);
            if (length < 4) {
                return file.length;
            }
            p += length;
        }
        return file.length;
    }
}
