package io.flowwarden.connect.objects;

import io.flowwarden.connect.RawSourceRecord;
import io.flowwarden.connect.Version;
import io.flowwarden.input.InputFormat;
import io.flowwarden.input.LogObject;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Hands what the reader has read to Connect, with ticks for every raw partition between. */
public abstract class FlowLogObjectTask extends SourceTask {
    private static final int BATCH = 64;
    private static final byte[] NOTHING = {};

    private final InstantSource clock;
    private final TickClock ticks = new TickClock();
    private final Counters counters = new Counters();

    /** Offsets that no record has carried yet; a tick will. */
    private final Map<Integer, Map<String, Object>> untold = new LinkedHashMap<>();

    private ObjectSourceConfig config;
    private ObjectStore store;
    private String name;
    private Collecting collecting;
    private Thread thread;
    private int toldBucket;
    private Map<String, Object> told;

    /**
     * @param clock times of ticks, and what the age of objects is measured against
     */
    protected FlowLogObjectTask(InstantSource clock) {
        this.clock = clock;
    }

    /** Connects to the store. */
    protected abstract ObjectStore open(Map<String, String> settings);

    @Override
    public final String version() {
        return Version.text();
    }

    @Override
    public final void start(Map<String, String> settings) {
        config = new ObjectSourceConfig(settings);
        store = open(settings);
        name = store.name();
        counters.register(context.pluginMetrics());
        var done =
                new Doneness(offsets(), clock.instant().minus(config.lookback()), config.marks());
        collecting = new Collecting(store, log(), config, done, counters, clock);
        thread = new Thread(collecting, "object-reader-" + config.collector());
        thread.setDaemon(true);
        thread.start();
    }

    private ObjectLog log() {
        InputFormat format = config.format();
        return (key, from, settled, opener, sink) ->
                LogObject.read(key, format, from, settled, opener, sink);
    }

    private Map<Integer, Map<String, Object>> offsets() {
        var partitions = new HashMap<Integer, Map<String, String>>();
        for (int bucket = 0; bucket < Bucket.LANES * Bucket.PARTS; bucket++) {
            if (Bucket.isOf(bucket, config.task(), config.tasks())) {
                partitions.put(bucket, Bucket.partition(name, bucket));
            }
        }
        Map<Map<String, String>, Map<String, Object>> kept =
                context.offsetStorageReader().offsets(partitions.values());
        var offsets = new HashMap<Integer, Map<String, Object>>();
        partitions.forEach((bucket, partition) -> offsets.put(bucket, kept.get(partition)));
        return offsets;
    }

    @Override
    public final List<SourceRecord> poll() throws InterruptedException {
        if (collecting.failure() != null) {
            throw new ConnectException(collecting.failure().getMessage(), collecting.failure());
        }
        var batch = new ArrayList<SourceRecord>();
        Chunk chunk = collecting.next(ticks.until(clock.instant()));
        while (chunk != null) {
            take(chunk, batch);
            chunk = batch.size() < BATCH ? collecting.next(Duration.ZERO) : null;
        }
        Instant tick = told == null ? null : ticks.take(clock.instant());
        for (int partition = 0; tick != null && partition < config.partitions(); partition++) {
            batch.add(tick(tick, partition));
        }
        return batch.isEmpty() ? null : batch;
    }

    private void take(Chunk chunk, List<SourceRecord> batch) {
        if (chunk.raw() == null) {
            untold.put(chunk.bucket(), chunk.offset());
            told(chunk.bucket(), chunk.offset());
            return;
        }
        untold.remove(chunk.bucket());
        told(chunk.bucket(), chunk.offset());
        SourceRecord record =
                RawSourceRecord.of(
                        chunk.raw(),
                        config.topic(),
                        null,
                        Bucket.partition(name, chunk.bucket()),
                        chunk.offset());
        if (chunk.completeUntil() > 0) {
            record.headers().addString("fw.complete-until", Long.toString(chunk.completeUntil()));
        }
        batch.add(record);
    }

    private void told(int bucket, Map<String, Object> offset) {
        toldBucket = bucket;
        told = offset;
    }

    /** A tick takes an offset along that no record will carry, or else repeats the last one. */
    private SourceRecord tick(Instant at, int partition) {
        var oldest = untold.entrySet().iterator();
        if (oldest.hasNext()) {
            var next = oldest.next();
            told(next.getKey(), next.getValue());
            oldest.remove();
        }
        var raw =
                new RawRecord(
                        config.collector(),
                        RawFormat.TICK,
                        at.toEpochMilli(),
                        null,
                        null,
                        null,
                        null,
                        false,
                        NOTHING);
        return RawSourceRecord.of(
                raw, config.topic(), partition, Bucket.partition(name, toldBucket), told);
    }

    @Override
    public final void stop() {
        if (collecting == null) {
            return;
        }
        collecting.stop();
        // First the store: a read that waits for the network heeds no interrupt.
        store.close();
        thread.interrupt();
    }
}
