package io.flowwarden.udp;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns what a receiver took into raw records, with a tick every 200 ms, so that the judge knows
 * that silence is silence. A tick never overtakes a datagram that came before it: one thread reads,
 * and a tick says the time before which nothing waits any more. Tick time never goes back.
 */
public final class RawFeed {
    private static final long TICK_INTERVAL = 200;
    private static final int BATCH = 1024;
    private static final byte[] NOTHING = {};

    private final String id;
    private final UdpReceiver receiver;
    private final InstantSource clock;
    private final List<Datagram> batch = new ArrayList<>(BATCH);
    private long lastTick = Long.MIN_VALUE;

    /**
     * @param id name of this collector in its ticks
     */
    public RawFeed(String id, UdpReceiver receiver, InstantSource clock) {
        this.id = id;
        this.receiver = receiver;
        this.clock = clock;
    }

    /**
     * Waits for datagrams, not longer than until the next tick is due, and passes on what came.
     *
     * @return whether nothing more waits
     * @throws IOException if the sink takes no more
     */
    public boolean read(RawSink out) throws IOException, InterruptedException {
        long now = clock.millis();
        batch.clear();
        boolean emptied = receiver.take(batch, BATCH, untilTick(now)) < BATCH;
        for (Datagram datagram : batch) {
            out.accept(raw(datagram));
        }
        // Behind a backlog, time is what the last datagram says, so that the tick stays behind it.
        long time = emptied ? now : batch.get(batch.size() - 1).receivedAt();
        if (lastTick == Long.MIN_VALUE || time >= lastTick + TICK_INTERVAL) {
            lastTick = time;
            out.accept(
                    new RawRecord(
                            id, RawFormat.TICK, time, null, null, null, null, false, NOTHING));
        }
        return emptied;
    }

    private long untilTick(long now) {
        return lastTick == Long.MIN_VALUE
                ? 0
                : Math.min(TICK_INTERVAL, Math.max(0, lastTick + TICK_INTERVAL - now));
    }

    private RawRecord raw(Datagram datagram) {
        return new RawRecord(
                Content.source(datagram),
                datagram.format(),
                // Its thread may have been held up between the clock and the queue.
                Math.max(lastTick, datagram.receivedAt()),
                datagram.exporter(),
                null,
                null,
                null,
                false,
                datagram.bytes());
    }
}
