package io.flowwarden.net;

import java.nio.charset.StandardCharsets;

/**
 * IPv4 and IPv6 addresses as two longs, network order. IPv4 is held in its mapped form
 * (::ffff:a.b.c.d, RFC 4291 section 2.5.5.2), so one prefix structure serves both.
 */
public final class Address {
    /** High 32 bits of the low half of every IPv4 address. */
    private static final long MAPPED = 0xffffL;

    private Address() {}

    public static boolean isV4(long hi, long lo) {
        return hi == 0 && lo >>> 32 == MAPPED;
    }

    /** Low half of an IPv4 address; its high half is 0. */
    public static long v4(int bits) {
        return MAPPED << 32 | bits & 0xffffffffL;
    }

    /**
     * Multicast, limited broadcast, unspecified (with all of 0.0.0.0/8) and link-local addresses:
     * no host of an estate. Sources: RFC 6890, RFC 4291 section 2.4.
     */
    public static boolean isNonUnicast(long hi, long lo) {
        if (isV4(hi, lo)) {
            int bits = (int) lo;
            int first = bits >>> 24;
            return first >= 224 && first < 240 || bits == -1 || first == 0 || bits >>> 16 == 0xa9fe;
        }
        return hi >>> 56 == 0xff || hi >>> 54 == 0xfe80L >>> 6 || hi == 0 && lo == 0;
    }

    /** Canonical text: dotted quad, or RFC 5952. */
    public static String text(long hi, long lo) {
        return isV4(hi, lo) ? v4Text((int) lo) : v6Text(hi, lo);
    }

    /**
     * Reads an address in text form; no names, no zones.
     *
     * @return {hi, lo}, or null where it is not an address
     */
    public static long[] parse(String text) {
        long[] address = new long[2];
        // What is not Latin-1 becomes a question mark, which no address has.
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(bytes, 0, bytes.length, address) ? address : null;
    }

    /**
     * The same within a line, and without allocating.
     *
     * @param into gets {hi, lo}
     * @return false where it is not an address
     */
    public static boolean parse(byte[] text, int from, int to, long[] into) {
        // A group has four digits at most.
        for (int i = from; i < Math.min(to, from + 5); i++) {
            if (text[i] == ':') {
                return parseV6(text, from, to, into);
            }
        }
        long bits = parseV4(text, from, to);
        into[0] = 0;
        into[1] = v4((int) bits);
        return bits >= 0;
    }

    private static String v4Text(int bits) {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 255)
                + "."
                + (bits >>> 8 & 255)
                + "."
                + (bits & 255);
    }

    private static String v6Text(long hi, long lo) {
        int bestAt = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(hi, lo, i + length) == 0) {
                length++;
            }
            if (length > bestLength) {
                bestAt = i;
                bestLength = length;
            }
            i += length;
        }
        var text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == bestAt) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(hi, lo, i)));
        }
        return text.toString();
    }

    private static int group(long hi, long lo, int index) {
        long half = index < 4 ? hi : lo;
        return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    /** The 32 bits, or -1. */
    private static long parseV4(byte[] text, int from, int to) {
        long bits = 0;
        int octet = -1;
        int dots = 0;
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (c == '.') {
                if (octet < 0 || ++dots > 3) {
                    return -1;
                }
                bits = bits << 8 | octet;
                octet = -1;
            } else if (c >= '0' && c <= '9') {
                // Leading zeros read as octal elsewhere: refused, so that nobody is surprised.
                if (octet == 0) {
                    return -1;
                }
                octet = Math.max(octet, 0) * 10 + (c - '0');
                if (octet > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return dots == 3 && octet >= 0 ? bits << 8 | octet : -1;
    }

    private static boolean parseV6(byte[] text, int from, int to, long[] into) {
        long hi = 0;
        long lo = 0;
        int count = 0;
        int gap = -1;
        int i = from;
        if (text[i] == ':') {
            if (to - from < 2 || text[i + 1] != ':') {
                return false;
            }
            gap = 0;
            i += 2;
        }
        while (i < to) {
            int end = i;
            boolean dotted = false;
            while (end < to && text[end] != ':') {
                dotted |= text[end++] == '.';
            }
            long part;
            int groups = 1;
            if (dotted) {
                groups = 2;
                part = end == to ? parseV4(text, i, end) : -1;
            } else {
                part = group(text, i, end);
            }
            count += groups;
            if (part < 0 || count > 8) {
                return false;
            }
            hi = hi << 16 * groups | lo >>> 64 - 16 * groups;
            lo = lo << 16 * groups | part;
            i = end;
            if (i < to) {
                i++;
                if (i == to) {
                    return false;
                }
                if (text[i] == ':') {
                    if (gap >= 0) {
                        return false;
                    }
                    gap = count;
                    i++;
                }
            }
        }
        if (gap < 0 ? count != 8 : count == 8) {
            return false;
        }
        int zeros = gap < 0 ? 0 : 8 - count;
        for (int g = 0; g < zeros; g++) {
            // Moves what stands before the gap one group to the left.
            int behind = 16 * (count + g - gap);
            if (behind >= 64) {
                long keep = behind == 64 ? 0 : -1L >>> 128 - behind;
                hi = (hi & ~keep) << 16 | hi & keep;
            } else {
                long keep = behind == 0 ? 0 : -1L >>> 64 - behind;
                hi = hi << 16 | (lo & ~keep) >>> 48;
                lo = (lo & ~keep) << 16 | lo & keep;
            }
        }
        into[0] = hi;
        into[1] = lo;
        return true;
    }

    /** One to four hexadecimal digits, or -1. */
    private static int group(byte[] text, int from, int to) {
        int group = to == from || to - from > 4 ? -1 : 0;
        for (int i = from; i < to && group >= 0; i++) {
            int digit = Character.digit(text[i], 16);
            group = digit < 0 ? -1 : group << 4 | digit;
        }
        return group;
    }
}
