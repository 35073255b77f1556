package io.flowwarden.udp;

import io.flowwarden.net.Address;
import io.flowwarden.raw.Datagrams;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import io.flowwarden.raw.SourceIds;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a receiver takes to the raw topic, and a tick every 200 ms, so that the judge knows
 * that silence is silence. One thread does both: a tick never overtakes a datagram that came before
 * it.
 */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final long TICK_INTERVAL = 200;
    private static final byte[] NOTHING = {};

    private final String id;
    private final UdpReceiver receiver;
    private final RawSink out;
    private final InstantSource clock;
    private final AtomicLong refused = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * Starts collecting.
     *
     * @param id name of this collector in its ticks
     * @param out takes raw records to one partition, ticks to every one
     */
    public Collector(String id, UdpReceiver receiver, RawSink out, InstantSource clock) {
        this.id = id;
        this.receiver = receiver;
        this.out = out;
        this.clock = clock;
        this.thread = new Thread(this::collect, "collector-" + id);
        thread.setDaemon(true);
        thread.start();
    }

    /** Datagrams that were no NetFlow or IPFIX. */
    public long refused() {
        return refused.get();
    }

    /** Stops after the datagrams that wait. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void collect() {
        long nextTick = clock.millis();
        try {
            while (true) {
                long now = clock.millis();
                if (now >= nextTick) {
                    out.accept(tick(now));
                    nextTick = now + TICK_INTERVAL;
                }
                Datagram datagram = receiver.poll(Math.max(0, nextTick - clock.millis()));
                if (datagram != null) {
                    write(datagram);
                } else if (stopping) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.error("collector {} stops: the raw topic takes nothing", id, e);
        }
    }

    private void write(Datagram datagram) throws IOException {
        byte[] bytes = datagram.bytes();
        if (Datagrams.version(bytes) == 0) {
            refused.incrementAndGet();
            return;
        }
        String exporter = text(datagram.from());
        out.accept(
                new RawRecord(
                        SourceIds.netflow(exporter, bytes),
                        RawFormat.NETFLOW,
                        datagram.receivedAt(),
                        exporter,
                        null,
                        null,
                        null,
                        false,
                        bytes));
    }

    private RawRecord tick(long now) {
        return new RawRecord(id, RawFormat.TICK, now, null, null, null, null, false, NOTHING);
    }

    private static String text(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == 4
                ? Address.text(0, Address.v4(bytes.getInt()))
                : Address.text(bytes.getLong(), bytes.getLong());
    }
}
