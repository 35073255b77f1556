package io.flowwarden.unexpected;

import java.nio.ByteBuffer;

/** Flows counted together, and what was told of them. */
final class Tally {
    static final int BYTES = 7 * Long.BYTES + 1;

    private static final long REMINDER = 5 * 60_000;

    private static final int FORWARD = 1;
    private static final int REVERSE = 2;
    private static final int BOTH = FORWARD | REVERSE;

    /** Of the group that it counts. */
    final long hash;

    boolean changed;

    long count;
    long bytes;
    long packets;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    private long toldCount;
    private long toldAt;
    private int payload;
    private int toldPayload;

    Tally(long hash) {
        this.hash = hash;
    }

    /**
     * @param forward whether payload went from client to server
     */
    void add(long start, long end, long bytes, long packets, boolean forward, boolean reverse) {
        count++;
        this.bytes = saturated(this.bytes, bytes);
        this.packets = saturated(this.packets, packets);
        first = Math.min(first, start);
        last = Math.max(last, end);
        payload |= (forward ? FORWARD : 0) | (reverse ? REVERSE : 0);
    }

    boolean bothWays() {
        return payload == BOTH;
    }

    /** Twice as many as were told of, five minutes later, or payload in both directions now. */
    boolean isNews() {
        return count >= 2 * toldCount || isDue() || bothWays() && toldPayload != BOTH;
    }

    /** Five minutes after the last time. */
    boolean isDue() {
        return last >= toldAt + REMINDER;
    }

    void told() {
        toldCount = count;
        toldAt = last;
        toldPayload = payload;
    }

    void write(ByteBuffer out) {
        out.putLong(count).putLong(bytes).putLong(packets).putLong(first).putLong(last);
        out.putLong(toldCount).putLong(toldAt).put((byte) (payload | toldPayload << 2));
    }

    void read(ByteBuffer in) {
        count = in.getLong();
        bytes = in.getLong();
        packets = in.getLong();
        first = in.getLong();
        last = in.getLong();
        toldCount = in.getLong();
        toldAt = in.getLong();
        int both = in.get();
        payload = both & BOTH;
        toldPayload = both >>> 2;
    }

    private static long saturated(long sum, long more) {
        long total = sum + more;
        return total < 0 ? Long.MAX_VALUE : total;
    }
}
