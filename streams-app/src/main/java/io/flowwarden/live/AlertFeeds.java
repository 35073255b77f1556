package io.flowwarden.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.config.SinkConfig;
import io.flowwarden.embedded.EmbeddedCluster;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.sink.Courier;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Tells the alerts of this process to the sinks that are configured. */
public final class AlertFeeds implements AutoCloseable {
    private final List<AlertFeed> feeds = new ArrayList<>();

    private AlertFeeds() {}

    public static AlertFeeds start(
            List<SinkConfig> sinks,
            EmbeddedCluster cluster,
            MeterRegistry meters,
            InstantSource clock) {
        var started = new AlertFeeds();
        for (SinkConfig sink : sinks) {
            Courier courier = sink.kind().open(sink.settings(), clock);
            bind(courier, meters);
            started.feeds.add(
                    new AlertFeed(
                            courier,
                            cluster.client(),
                            cluster.topics().alerts().name(),
                            name(sink),
                            new SchemaSerdes(cluster.schema()).values(Alert.class).deserializer()));
        }
        return started;
    }

    /** The same as long as the receiver is; an address may be a secret. */
    private static String name(SinkConfig sink) {
        String address = sink.settings().get(sink.kind().address());
        return "alert-sink-"
                + sink.kind().name().toLowerCase(Locale.ROOT)
                + "-"
                + UUID.nameUUIDFromBytes(address.getBytes(UTF_8));
    }

    private static void bind(Courier courier, MeterRegistry meters) {
        String sink = courier.toString();
        FunctionCounter.builder("flowwarden.alert.records", courier, Courier::done)
                .description("Records of alerts that a sink dealt with")
                .tags("sink", sink, "result", "done")
                .register(meters);
        FunctionCounter.builder("flowwarden.alert.records", courier, Courier::refused)
                .description("Records of alerts that a sink dealt with")
                .tags("sink", sink, "result", "refused")
                .register(meters);
        FunctionCounter.builder("flowwarden.alert.attempts.failed", courier, Courier::failed)
                .description("Attempts that failed because the receiver was away")
                .tags("sink", sink)
                .register(meters);
        Gauge.builder(
                        "flowwarden.alert.receiver.failing",
                        courier,
                        each -> each.isFailing() ? 1 : 0)
                .description("1 while the receiver does not take alerts")
                .tags("sink", sink)
                .register(meters);
    }

    @Override
    public void close() {
        feeds.forEach(AlertFeed::close);
    }
}
