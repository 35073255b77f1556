package io.flowwarden.draft;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;

/** An address, in the two halves of {@link Address}; IPv4 sorts first, then by number. */
record Host(long hi, long lo) implements Comparable<Host> {
    /** The lowest address of a network. */
    static Host first(Prefix prefix) {
        return new Host(prefix.hi(), prefix.lo());
    }

    /** Where neighbours are mostly at one place: a subnet. */
    Prefix subnet() {
        return Prefix.of(hi, lo, Address.isV4(hi, lo) ? 120 : 64);
    }

    /** What networks are mostly planned by: one of these for a place. */
    Prefix region() {
        if (!isPrivate()) {
            return subnet();
        }
        return Prefix.of(hi, lo, Address.isV4(hi, lo) ? 112 : 48);
    }

    /** Addresses that only mean something inside (RFC 1918, RFC 6598, RFC 4193). */
    boolean isPrivate() {
        if (!Address.isV4(hi, lo)) {
            return hi >>> 57 == 0xfcL >>> 1;
        }
        int bits = (int) lo;
        return bits >>> 24 == 10
                || bits >>> 20 == 0xac1
                || bits >>> 16 == 0xc0a8
                || bits >>> 22 == 0x6440 >>> 6;
    }

    /** Whether a host of an estate can have it. */
    boolean isUsable() {
        boolean loopback = Address.isV4(hi, lo) ? (int) lo >>> 24 == 127 : hi == 0 && lo == 1;
        return !loopback && !Address.isNonUnicast(hi, lo);
    }

    String text() {
        return Address.text(hi, lo);
    }

    @Override
    public int compareTo(Host other) {
        int high = Long.compareUnsigned(hi, other.hi);
        return high != 0 ? high : Long.compareUnsigned(lo, other.lo);
    }
}
