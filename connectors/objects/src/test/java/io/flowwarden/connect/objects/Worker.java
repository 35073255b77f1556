package io.flowwarden.connect.objects;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * What Connect does with a task, exactly once: each batch is committed with its offsets, or lost.
 */
final class Worker implements SourceTaskContext, OffsetStorageReader {
    final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    final List<SourceRecord> topic = new ArrayList<>();
    final SeenMetrics metrics = new SeenMetrics();
    private SourceTask task;

    void start(SourceTask task, Map<String, String> settings) {
        this.task = task;
        task.initialize(this);
        task.start(settings);
    }

    /** Polls until something is true; fails after 20 s of waiting. */
    void until(BooleanSupplier met) throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!met.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing came; " + topic.size() + " records so far");
            }
            commit(task.poll());
        }
    }

    private void commit(List<SourceRecord> batch) {
        for (SourceRecord record : batch == null ? List.<SourceRecord>of() : batch) {
            topic.add(record);
            offsets.put(record.sourcePartition(), record.sourceOffset());
        }
    }

    /** The next batch, which is lost with the task. */
    void crash() throws InterruptedException {
        task.poll();
        task.stop();
    }

    void stop() {
        task.stop();
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
