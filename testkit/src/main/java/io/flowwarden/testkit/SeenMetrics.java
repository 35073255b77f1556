package io.flowwarden.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;

/** Metrics of a plugin, without a worker. */
public final class SeenMetrics implements PluginMetrics {
    private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();

    public long value(String name) {
        return (Long) gauges.get(name).value(null, 0);
    }

    @Override
    public MetricName metricName(
            String name, String description, LinkedHashMap<String, String> tags) {
        return new MetricName(name, "plugin", description, tags);
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> value) {
        gauges.put(name.name(), (Gauge<?>) value);
    }

    @Override
    public void removeMetric(MetricName name) {
        gauges.remove(name.name());
    }

    @Override
    public Sensor addSensor(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeSensor(String name) {
        throw new UnsupportedOperationException();
    }
}
