package io.flowwarden.connect.udp;

import io.flowwarden.udp.UdpReceiver;
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

    static void register(PluginMetrics metrics, UdpReceiver receiver) {
        var meters = new Meters(metrics);
        meters.add(
                "datagrams-received-total",
                "Datagrams taken off the sockets",
                () -> receiver.counts().received());
        meters.add(
                "datagrams-refused-total",
                "Datagrams that were neither NetFlow, IPFIX nor sFlow",
                () -> receiver.counts().refused());
        meters.add(
                "datagrams-unlisted-total",
                "Datagrams of exporters that are not allowed",
                () -> receiver.counts().unlisted());
        meters.add(
                "datagrams-limited-total",
                "Datagrams beyond the rate of their exporter",
                () -> receiver.counts().limited());
        meters.add(
                "datagrams-dropped-total",
                "Datagrams dropped because the queue was full",
                () -> receiver.counts().dropped());
        meters.add(
                "datagrams-kernel-dropped-total",
                "Datagrams that the kernel dropped because a socket's buffer was full;"
                        + " -1 where it does not tell",
                () -> receiver.counts().kernelDropped().orElse(-1));
        meters.add(
                "datagrams-waiting",
                "Datagrams received and not yet handed to Connect",
                receiver::waiting);
        meters.add(
                "receive-buffer-bytes",
                "Kernel buffer granted, each socket",
                receiver::grantedBuffer);
    }

    private void add(String name, String description, LongSupplier value) {
        metrics.addMetric(
                metrics.metricName(name, description, new LinkedHashMap<>()),
                (Gauge<Long>) (config, now) -> value.getAsLong());
    }
}
