package io.flowwarden.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * What an exactly-once worker does with a source task: each batch is committed with its offsets, or
 * lost with them.
 */
public final class TaskWorker implements SourceTaskContext, OffsetStorageReader {
    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private final List<SourceRecord> records = new ArrayList<>();
    private final SeenMetrics metrics = new SeenMetrics();
    private final Consumer<SourceRecord> topic;
    private SourceTask task;

    /** Keeps all records. */
    public TaskWorker() {
        this.topic = records::add;
    }

    /**
     * @param topic where the records go; none are kept here
     */
    public TaskWorker(Consumer<SourceRecord> topic) {
        this.topic = topic;
    }

    public void start(SourceTask task, Map<String, String> settings) {
        this.task = task;
        task.initialize(this);
        task.start(settings);
    }

    /** Polls and commits until something is true; fails after 30 s. */
    public void until(BooleanSupplier met) throws InterruptedException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!met.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing came; " + records.size() + " records so far");
            }
            List<SourceRecord> batch = task.poll();
            for (SourceRecord record : batch == null ? List.<SourceRecord>of() : batch) {
                topic.accept(record);
                offsets.put(record.sourcePartition(), record.sourceOffset());
            }
        }
    }

    /** The next batch is lost, and the task with it. */
    public void crash() throws InterruptedException {
        task.poll();
        task.stop();
    }

    public void stop() {
        if (task != null) {
            task.stop();
        }
    }

    /** Records committed so far. */
    public List<SourceRecord> records() {
        return records;
    }

    /** Committed offsets by source partition. */
    public Map<Map<String, ?>, Map<String, ?>> offsets() {
        return offsets;
    }

    /** Lines of the values of all records but ticks. */
    public List<String> lines() {
        return records.stream()
                .filter(record -> !isTick(record))
                .flatMap(record -> new String((byte[]) record.value(), UTF_8).lines())
                .toList();
    }

    public static boolean isTick(SourceRecord record) {
        return "tick".equals(header(record, "fw.format"));
    }

    /** Text of a header, or null. */
    public static String header(SourceRecord record, String name) {
        var header = record.headers().lastWithName(name);
        return header == null ? null : (String) header.value();
    }

    /** Present value of a metric of the task. */
    public long metric(String name) {
        return metrics.value(name);
    }

    @Override
    public Map<String, String> configs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        return this;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return metrics;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Map<String, Object> offset(Map<String, T> partition) {
        return (Map<String, Object>) offsets.get(partition);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
            Collection<Map<String, T>> partitions) {
        var all = new HashMap<Map<String, T>, Map<String, Object>>();
        partitions.forEach(partition -> all.put(partition, offset(partition)));
        return all;
    }
}
