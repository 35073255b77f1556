package io.flowwarden.connect.alerts;

import io.flowwarden.testkit.SeenMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a worker is to a sink task: keeps dead letters, and what the task asked for. */
final class SinkWorker implements SinkTaskContext {
    final List<SinkRecord> dead = new ArrayList<>();
    final Map<TopicPartition, Long> rewound = new HashMap<>();
    private final SeenMetrics metrics = new SeenMetrics();
    long timeout = -1;

    long metric(String name) {
        return metrics.value(name);
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
        return (record, error) -> {
            dead.add(record);
            return CompletableFuture.completedFuture(null);
        };
    }

    @Override
    public Map<String, String> configs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        rewound.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        rewound.put(partition, offset);
    }

    @Override
    public void timeout(long millis) {
        timeout = millis;
    }

    @Override
    public Set<TopicPartition> assignment() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requestCommit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return metrics;
    }
}
