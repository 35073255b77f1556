package io.flowwarden.witness;

import io.flowwarden.roster.DeclaredLink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a source saw of a link in one minute. */
final class Minute {
    /** Pairs that are named; more are only said to be there. */
    private static final int MOST_PAIRS = 16;

    private static final int PAIR = 4;

    /** Of what {@link #write} writes. */
    static final int BYTES = 2 * Long.BYTES + 1;

    private static final int PAYLOAD = 1;
    private static final int TOLD = 2;
    private static final int INCOMPLETE = 4;

    long forward;
    long reverse;
    boolean payload;
    boolean told;
    boolean complete = true;
    boolean changed;
    boolean pairsChanged;
    private long[] pairs = new long[0];

    void pair(long clientHi, long clientLo, long serverHi, long serverLo) {
        for (int at = 0; at < pairs.length; at += PAIR) {
            if (pairs[at + 1] == clientLo
                    && pairs[at + 3] == serverLo
                    && pairs[at] == clientHi
                    && pairs[at + 2] == serverHi) {
                return;
            }
        }
        if (pairs.length == MOST_PAIRS * PAIR) {
            complete = false;
            return;
        }
        int at = pairs.length;
        pairs = Arrays.copyOf(pairs, at + PAIR);
        pairs[at] = clientHi;
        pairs[at + 1] = clientLo;
        pairs[at + 2] = serverHi;
        pairs[at + 3] = serverLo;
        pairsChanged = true;
    }

    /** {@code client>server}, sorted. */
    List<String> pairs() {
        var names = new ArrayList<String>();
        for (int at = 0; at < pairs.length; at += PAIR) {
            names.add(DeclaredLink.member(pairs[at], pairs[at + 1], pairs[at + 2], pairs[at + 3]));
        }
        Collections.sort(names);
        return names;
    }

    void write(ByteBuffer to) {
        to.putLong(forward).putLong(reverse);
        to.put((byte) ((payload ? PAYLOAD : 0) | (told ? TOLD : 0) | (complete ? 0 : INCOMPLETE)));
    }

    static Minute read(ByteBuffer from) {
        var minute = new Minute();
        minute.forward = from.getLong();
        minute.reverse = from.getLong();
        int flags = from.get();
        minute.payload = (flags & PAYLOAD) != 0;
        minute.told = (flags & TOLD) != 0;
        minute.complete = (flags & INCOMPLETE) == 0;
        return minute;
    }

    byte[] encodedPairs() {
        var to = ByteBuffer.allocate(pairs.length * Long.BYTES);
        to.asLongBuffer().put(pairs);
        return to.array();
    }

    void decodePairs(byte[] stored) {
        pairs = new long[stored.length / Long.BYTES];
        ByteBuffer.wrap(stored).asLongBuffer().get(pairs);
    }
}
