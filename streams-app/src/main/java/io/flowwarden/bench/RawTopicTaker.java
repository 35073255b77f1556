package io.flowwarden.bench;

import io.flowwarden.bench.SenderProcess.Sent;
import io.flowwarden.live.RawWriter;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.topics.Topic;
import io.flowwarden.topics.TopicAdmin;
import io.flowwarden.udp.Collector;
import io.flowwarden.udp.UdpReceiver;
import io.flowwarden.udp.UdpSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Our collector, into a raw topic of its own for each trial; what is kept is what the broker has.
 */
final class RawTopicTaker implements Taker {
    private static final Map<String, String> SHORT_LIVED = Map.of("file.delete.delay.ms", "3000");

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_NANOS = 2_000_000;

    private final Map<String, String> client;
    private final int partitions;
    private final UdpSettings settings;
    private int trials;

    /**
     * @param client of the cluster, and producer settings
     * @param partitions of the raw topic
     * @param settings where to listen, on a free port, and with what
     */
    RawTopicTaker(Map<String, String> client, int partitions, UdpSettings settings) {
        this.client = client;
        this.partitions = partitions;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "UDP to raw topic";
    }

    @Override
    public Trial take(SenderProcess sender, int rate, Duration duration) throws IOException {
        var topic = new Topic("raw", "bench.raw-" + trials++, partitions, SHORT_LIVED);
        try (var admin = Admin.create(new HashMap<String, Object>(client))) {
            new TopicAdmin(admin).create(List.of(topic), Optional.empty());
            try {
                return take(sender, rate, duration, admin, topic);
            } finally {
                admin.deleteTopics(List.of(topic.name()));
            }
        }
    }

    private Trial take(SenderProcess sender, int rate, Duration duration, Admin admin, Topic topic)
            throws IOException {
        var ticks = new AtomicLong();
        var written = new AtomicLong();
        try (var writer = new RawWriter(client, topic.name(), partitions);
                var receiver = UdpReceiver.open(settings, InstantSource.system());
                var collector =
                        new Collector(
                                "bench",
                                receiver,
                                raw -> {
                                    writer.accept(raw);
                                    (raw.format() == RawFormat.TICK ? ticks : written)
                                            .incrementAndGet();
                                },
                                InstantSource.system())) {
            Sent sent = sender.send(receiver.address().getPort(), rate, duration);
            long end = System.nanoTime();
            awaitWritten(receiver, written, sent.datagrams());
            writer.flush();
            var late = Duration.ofNanos(System.nanoTime() - end);
            collector.close();
            writer.flush();
            return new Trial(sent, records(admin, topic) - ticks.get() * partitions, late);
        }
    }

    private static void awaitWritten(UdpReceiver receiver, AtomicLong written, long sent) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var counts = receiver.counts();
            long lost = counts.dropped() + counts.kernelDropped().orElse(0);
            if (written.get() + lost >= sent) {
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static long records(Admin admin, Topic topic) throws IOException {
        var ends =
                IntStream.range(0, topic.partitions())
                        .boxed()
                        .collect(
                                Collectors.toMap(
                                        p -> new TopicPartition(topic.name(), p),
                                        p -> OffsetSpec.latest()));
        try {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException("cannot read the end of " + topic.name(), e);
        }
    }
}
