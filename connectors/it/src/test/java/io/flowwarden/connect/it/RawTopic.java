package io.flowwarden.connect.it;

import io.flowwarden.raw.MalformedRawRecord;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A raw topic, read from its beginning as the application reads it: only what is committed. */
final class RawTopic implements AutoCloseable {
    record Read(int partition, RawRecord raw) {}

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Read> seen = new ArrayList<>();

    RawTopic(String bootstrapServers, String name, int partitions) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
        }
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "auto.offset.reset",
                                "earliest",
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(name, partition))
                        .toList());
    }

    /** All so far. */
    List<Read> read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            seen.add(new Read(record.partition(), decoded(record)));
        }
        return seen;
    }

    private static RawRecord decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return RawHeaders.read(
                    record.key(), record.value(), record.headers(), null, record.timestamp());
        } catch (MalformedRawRecord e) {
            throw new AssertionError(record.toString(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
