package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.books.AccountName;
import io.flowwarden.books.Ledger;
import io.flowwarden.judge.EndOfFlows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What an application has committed: flows and rejected records as multisets of what they say,
 * without order and without the time at which they were produced, and its books.
 */
final class Committed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String flowsTopic;
    private final String changelog;
    private final int markersWanted;
    private final Map<List<ByteBuffer>, Integer> said = new HashMap<>();
    private final Set<String> markers = new HashSet<>();
    private long flows;
    private long rejected;

    Committed(
            Map<String, Object> client,
            String flowsTopic,
            String rejectedTopic,
            String changelog,
            int rawPartitions) {
        this.consumer = consumer(client);
        this.flowsTopic = flowsTopic;
        this.changelog = changelog;
        var outputs = partitions(consumer, flowsTopic);
        this.markersWanted = outputs.size() * rawPartitions;
        outputs.addAll(partitions(consumer, rejectedTopic));
        consumer.assign(outputs);
        consumer.seekToBeginning(outputs);
    }

    /** Flows committed by now, as far as read. */
    long flows() {
        consumer.poll(POLL).forEach(this::read);
        return flows;
    }

    /** Reads everything that is committed by now. */
    Committed upToNow() {
        var ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            flows();
        }
        return this;
    }

    /** Whether the end of every raw partition was seen. */
    boolean isFinished() {
        flows();
        return markers.size() == markersWanted;
    }

    boolean saysTheSameAs(Committed other) {
        return said.equals(other.said);
    }

    /** The sums that the stores of all tasks hold, as their changelog has them. */
    SortedMap<AccountName, Long> books(Map<String, Object> client) {
        var stored = new HashMap<Integer, byte[]>();
        try (var reader = consumer(client)) {
            var partitions = partitions(reader, changelog);
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            var ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> reader.position(p) < ends.get(p))) {
                for (var record : reader.poll(POLL)) {
                    if (Arrays.equals(record.key(), "books".getBytes(UTF_8))) {
                        stored.put(record.partition(), record.value());
                    }
                }
            }
        }
        var ledger = new Ledger(new SimpleMeterRegistry());
        stored.forEach((partition, books) -> ledger.open("task " + partition, books));
        return ledger.sums();
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (EndOfFlows.isMarker(record)) {
            markers.add(record.partition() + " " + new String(record.key(), UTF_8));
            return;
        }
        var parts = new ArrayList<ByteBuffer>();
        parts.add(ByteBuffer.wrap(record.key()));
        parts.add(ByteBuffer.wrap(record.value()));
        record.headers().forEach(header -> parts.add(ByteBuffer.wrap(header.value())));
        said.merge(parts, 1, Integer::sum);
        if (record.topic().equals(flowsTopic)) {
            flows++;
        } else {
            rejected++;
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> client) {
        var settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("max.poll.records", 2_000);
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        var partitions = new ArrayList<TopicPartition>();
        consumer.partitionsFor(topic)
                .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
        return partitions;
    }

    @Override
    public void close() {
        consumer.close();
    }

    @Override
    public String toString() {
        return flows + " flows, " + rejected + " rejected, " + markers.size() + " markers";
    }
}
