package io.flowwarden.connect.alerts;

import io.flowwarden.sink.Courier;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/** What a task tells of itself; the worker adds the names of connector and task. */
final class Meters {
    private final PluginMetrics metrics;

    private Meters(PluginMetrics metrics) {
        this.metrics = metrics;
    }

    static void register(PluginMetrics metrics, Courier courier) {
        var meters = new Meters(metrics);
        meters.add(
                "alert-records-done-total",
                "Records of alerts that were told, or are not worth telling",
                courier::done);
        meters.add(
                "alert-records-refused-total",
                "Records that the receiver refused, or that were given up",
                courier::refused);
        meters.add(
                "alert-attempts-failed-total",
                "Attempts that failed because the receiver was away",
                courier::failed);
        meters.add(
                "receiver-failing",
                "1 while the receiver does not take alerts",
                () -> courier.isFailing() ? 1 : 0);
    }

    private void add(String name, String what, LongSupplier value) {
        var metric = metrics.metricName(name, what, new LinkedHashMap<>());
        metrics.addMetric(metric, (Gauge<Long>) (config, now) -> value.getAsLong());
    }
}
