package io.flowwarden.raw;

import java.io.IOException;

/**
 * Puts the collector's ticks among the raw records of files: one before a record whose received-at
 * moves time by 200 ms or more, so that a gap is one tick. Tick time never goes back, across inputs
 * too.
 */
public final class Ticks implements RawSink {
    private static final long INTERVAL = 200;
    private static final byte[] NOTHING = {};

    private final String collector;
    private final RawSink out;
    private long now = Long.MIN_VALUE;
    private long latest = Long.MIN_VALUE;

    /**
     * @param collector id of whoever writes the ticks
     * @param out takes raw records to one partition, ticks to every one
     */
    public Ticks(String collector, RawSink out) {
        this.collector = collector;
        this.out = out;
    }

    @Override
    public void accept(RawRecord raw) throws IOException {
        long at = raw.receivedAt();
        latest = Math.max(latest, at);
        if (now == Long.MIN_VALUE || at >= now + INTERVAL) {
            now = at;
            out.accept(tick(false));
        }
        out.accept(raw);
    }

    /** Writes the tick after which nothing comes, at the latest time seen. */
    public void finish() throws IOException {
        now = latest == Long.MIN_VALUE ? 0 : latest;
        out.accept(tick(true));
    }

    private RawRecord tick(boolean last) {
        return new RawRecord(collector, RawFormat.TICK, now, null, null, null, null, last, NOTHING);
    }
}
