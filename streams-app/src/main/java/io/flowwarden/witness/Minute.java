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
    private static final int HEADER = 2 * Long.BYTES + 4;

    long forward;
    long reverse;
    boolean payload;
    boolean told;
    boolean complete = true;
    boolean changed;
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

    byte[] encode() {
        var to = ByteBuffer.allocate(HEADER + pairs.length * Long.BYTES);
        to.putLong(forward).putLong(reverse);
        to.put((byte) (payload ? 1 : 0)).put((byte) (told ? 1 : 0));
        to.put((byte) (complete ? 1 : 0)).put((byte) pairs.length);
        for (long half : pairs) {
            to.putLong(half);
        }
        return to.array();
    }

    static Minute decode(byte[] bytes) {
        var from = ByteBuffer.wrap(bytes);
        var minute = new Minute();
        minute.forward = from.getLong();
        minute.reverse = from.getLong();
        minute.payload = from.get() == 1;
        minute.told = from.get() == 1;
        minute.complete = from.get() == 1;
        minute.pairs = new long[from.get()];
        for (int i = 0; i < minute.pairs.length; i++) {
            minute.pairs[i] = from.getLong();
        }
        return minute;
    }
}
