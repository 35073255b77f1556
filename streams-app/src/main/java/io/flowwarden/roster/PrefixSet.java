package io.flowwarden.roster;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import java.util.Comparator;
import java.util.List;

/** Prefixes, asked whether one of them has an address. */
final class PrefixSet {
    /** First and last address of disjoint ranges in ascending order, four longs each. */
    private final long[] ranges;

    PrefixSet(List<Prefix> prefixes) {
        var sorted =
                prefixes.stream()
                        .distinct()
                        .sorted(
                                Comparator.comparing(Prefix::hi, Long::compareUnsigned)
                                        .thenComparing(Prefix::lo, Long::compareUnsigned)
                                        .thenComparing(Prefix::length))
                        .toList();
        long[] found = new long[sorted.size() * 4];
        int size = 0;
        for (Prefix prefix : sorted) {
            boolean inside =
                    size > 0 && atMost(prefix.hi(), prefix.lo(), found[size - 2], found[size - 1]);
            if (!inside) {
                int bits = prefix.length();
                found[size++] = prefix.hi();
                found[size++] = prefix.lo();
                found[size++] = prefix.hi() | (bits >= 64 ? 0 : -1L >>> bits);
                found[size++] = prefix.lo() | (bits <= 64 ? -1L : bits == 128 ? 0 : -1L >>> bits);
            }
        }
        ranges = java.util.Arrays.copyOf(found, size);
    }

    boolean contains(long hi, long lo) {
        int from = 0;
        int to = ranges.length / 4;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int at = middle * 4;
            if (!atMost(ranges[at], ranges[at + 1], hi, lo)) {
                to = middle;
            } else if (!atMost(hi, lo, ranges[at + 2], ranges[at + 3])) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private static boolean atMost(long hi, long lo, long otherHi, long otherLo) {
        int high = Long.compareUnsigned(hi, otherHi);
        return high < 0 || high == 0 && Long.compareUnsigned(lo, otherLo) <= 0;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int at = 0; at < ranges.length; at += 4) {
            text.append(Address.text(ranges[at], ranges[at + 1])).append(' ');
        }
        return text.toString().trim();
    }
}
