package io.flowwarden.net;

/**
 * An address prefix in the 128-bit space of {@link Address}.
 *
 * @param hi network address, high half, host bits zero
 * @param lo network address, low half, host bits zero
 * @param length 0 to 128; an IPv4 prefix /n has length 96 + n
 */
public record Prefix(long hi, long lo, int length) {
    public Prefix {
        if (length < 0 || length > 128) {
            throw new IllegalArgumentException("prefix length " + length);
        }
        if ((hi & ~maskHi(length)) != 0 || (lo & ~maskLo(length)) != 0) {
            throw new IllegalArgumentException(
                    Address.text(hi, lo) + " has host bits beyond /" + length);
        }
    }

    /** The prefix of this length that an address lies in. */
    public static Prefix of(long hi, long lo, int length) {
        return new Prefix(hi & maskHi(length), lo & maskLo(length), length);
    }

    /**
     * Reads {@code address} or {@code address/length}; host bits are cut off, see {@link #exact}.
     *
     * @return the prefix, or null where the text is none
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        long[] address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        // 0.0.0.0/0 is all of IPv4, so the length is counted by how the address was written.
        boolean v4 = text.indexOf(':') < 0;
        int longest = v4 ? 32 : 128;
        int length = longest;
        if (slash >= 0) {
            String digits = text.substring(slash + 1);
            if (digits.isEmpty()
                    || digits.length() > 3
                    || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return null;
            }
            length = Integer.parseInt(digits);
            if (length > longest) {
                return null;
            }
        }
        return of(address[0], address[1], v4 ? 96 + length : length);
    }

    /** Whether the text names the network itself, without host bits set. */
    public static boolean exact(String text) {
        Prefix prefix = parse(text);
        int slash = text.indexOf('/');
        long[] address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        return prefix != null && address[0] == prefix.hi && address[1] == prefix.lo;
    }

    public boolean isV4() {
        return length >= 96 && Address.isV4(hi, lo);
    }

    public boolean contains(long addressHi, long addressLo) {
        return ((addressHi ^ hi) & maskHi(length)) == 0 && ((addressLo ^ lo) & maskLo(length)) == 0;
    }

    /** Canonical CIDR text; a single address has no length. */
    public String text() {
        String address = Address.text(hi, lo);
        if (length == 128) {
            return address;
        }
        return address + "/" + (isV4() ? length - 96 : length);
    }

    private static long maskHi(int length) {
        return length >= 64 ? -1L : length == 0 ? 0 : -1L << 64 - length;
    }

    private static long maskLo(int length) {
        return length <= 64 ? 0 : -1L << 128 - length;
    }
}
