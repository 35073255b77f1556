package io.flowwarden.udp;

import io.flowwarden.raw.RawSink;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a receiver takes to the raw topic, with ticks, on a thread of its own. */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    private final String id;
    private final UdpReceiver receiver;
    private final RawFeed feed;
    private final RawSink out;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Exception failure;

    /**
     * Starts collecting.
     *
     * @param id name of this collector in its ticks
     * @param out takes raw records to one partition, ticks to every one
     */
    public Collector(String id, UdpReceiver receiver, RawSink out, InstantSource clock) {
        this.id = id;
        this.receiver = receiver;
        this.feed = new RawFeed(id, receiver, clock);
        this.out = out;
        this.thread = new Thread(this::collect, "collector-" + id);
        thread.setDaemon(true);
        thread.start();
    }

    /** Why it stopped by itself, if it did: the raw topic takes nothing any more. */
    public Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Closes the receiver, then stops after the datagrams that wait. */
    @Override
    public void close() {
        receiver.close();
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void collect() {
        try {
            boolean asked;
            boolean emptied;
            do {
                asked = stopping;
                emptied = feed.read(out);
            } while (!(asked && emptied));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            failure = e;
            LOG.error("collector {} stops: the raw topic takes nothing", id, e);
        }
    }
}
