package io.flowwarden.input;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts IP fragments together (RFC 791 section 3.2, RFC 8200 section 4.5). Few datagrams may be open
 * at a time; the oldest goes first and is counted.
 */
final class Fragments {
    private static final int MAX_OPEN = 64;
    private static final int MAX_DATAGRAM = 0xffff;

    /** What the fragments of one datagram share. */
    record Key(long srcHi, long srcLo, long dstHi, long dstLo, long id) {}

    private static final class Open {
        byte[] bytes = new byte[2048];

        /** Units of 8 bytes that have come. */
        final BitSet units = new BitSet();

        /** Length of the whole, known once the last fragment came. */
        int length = -1;
    }

    private final Map<Key, Open> open = new LinkedHashMap<>();
    private final ReadTally tally;

    Fragments(ReadTally tally) {
        this.tally = tally;
    }

    /**
     * Adds a fragment.
     *
     * @param at its offset in the datagram
     * @param more whether more follow
     * @return the whole IP payload where this was the missing piece, else null
     */
    byte[] add(Key key, int at, boolean more, byte[] bytes, int from, int length) {
        boolean ragged = more && length % 8 != 0;
        if (ragged || length <= 0 || at + length > MAX_DATAGRAM) {
            tally.skip(SkipReason.INCOMPLETE_FRAGMENTS);
            return null;
        }
        Open datagram = open.computeIfAbsent(key, k -> new Open());
        if (at + length > datagram.bytes.length) {
            int size = Math.max(at + length, datagram.bytes.length * 2);
            datagram.bytes = Arrays.copyOf(datagram.bytes, size);
        }
        System.arraycopy(bytes, from, datagram.bytes, at, length);
        datagram.units.set(at / 8, (at + length + 7) / 8);
        if (!more) {
            datagram.length = at + length;
        }
        if (datagram.length >= 0 && datagram.units.nextClearBit(0) >= (datagram.length + 7) / 8) {
            open.remove(key);
            return Arrays.copyOf(datagram.bytes, datagram.length);
        }
        if (open.size() > MAX_OPEN) {
            open.remove(open.keySet().iterator().next());
            tally.skip(SkipReason.INCOMPLETE_FRAGMENTS);
        }
        return null;
    }

    void finish() {
        open.forEach((key, datagram) -> tally.skip(SkipReason.INCOMPLETE_FRAGMENTS));
        open.clear();
    }
}
