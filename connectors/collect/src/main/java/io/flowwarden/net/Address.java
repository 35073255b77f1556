package io.flowwarden.net;

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
        return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
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

    private static long[] parseV4(String text) {
        int bits = 0;
        int octet = -1;
        int digits = 0;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (octet < 0 || ++dots > 3) {
                    return null;
                }
                bits = bits << 8 | octet;
                octet = -1;
                digits = 0;
            } else if (c >= '0' && c <= '9') {
                // Leading zeros read as octal elsewhere: refused, so that nobody is surprised.
                if (octet == 0 || ++digits > 3) {
                    return null;
                }
                octet = Math.max(octet, 0) * 10 + (c - '0');
                if (octet > 255) {
                    return null;
                }
            } else {
                return null;
            }
        }
        if (dots != 3 || octet < 0) {
            return null;
        }
        return new long[] {0, v4(bits << 8 | octet)};
    }

    private static long[] parseV6(String text) {
        long[] groups = new long[8];
        int count = 0;
        int gap = -1;
        int i = 0;
        if (text.startsWith("::")) {
            gap = 0;
            i = 2;
        } else if (text.startsWith(":")) {
            return null;
        }
        while (i < text.length()) {
            if (count == 8) {
                return null;
            }
            int end = text.indexOf(':', i);
            String part = end < 0 ? text.substring(i) : text.substring(i, end);
            if (part.indexOf('.') >= 0) {
                long[] v4 = end < 0 && count <= 6 ? parseV4(part) : null;
                if (v4 == null) {
                    return null;
                }
                groups[count++] = v4[1] >>> 16 & 0xffff;
                groups[count++] = v4[1] & 0xffff;
                break;
            }
            if (part.isEmpty() || part.length() > 4) {
                return null;
            }
            for (int d = 0; d < part.length(); d++) {
                int digit = Character.digit(part.charAt(d), 16);
                if (digit < 0 || part.charAt(d) > 'f') {
                    return null;
                }
                groups[count] = groups[count] << 4 | digit;
            }
            count++;
            if (end < 0) {
                break;
            }
            i = end + 1;
            if (i < text.length() && text.charAt(i) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                i++;
            } else if (i == text.length()) {
                return null;
            }
        }
        if (gap < 0 && count != 8 || gap >= 0 && count == 8) {
            return null;
        }
        long hi = 0;
        long lo = 0;
        for (int g = 0; g < 8; g++) {
            int from = gap < 0 || g < gap ? g : g - (8 - count);
            long value = gap >= 0 && g >= gap && g < gap + 8 - count ? 0 : groups[from];
            if (g < 4) {
                hi = hi << 16 | value;
            } else {
                lo = lo << 16 | value;
            }
        }
        return new long[] {hi, lo};
    }
}
