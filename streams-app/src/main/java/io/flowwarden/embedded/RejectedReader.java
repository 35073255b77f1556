package io.flowwarden.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.judge.RejectedRecord;
import io.flowwarden.raw.RawHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what was set aside, committed records only, each once. */
public final class RejectedReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    public RejectedReader(Map<String, ?> client, String topic) {
        var settings = new HashMap<String, Object>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions =
                consumer.partitionsFor(topic).stream()
                        .map(found -> new TopicPartition(topic, found.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Everything committed by now that was not returned before. */
    public List<Rejected> upToNow() {
        var records = new ArrayList<Rejected>();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
            consumer.poll(POLL).forEach(record -> records.add(rejected(record)));
        }
        return records;
    }

    private static Rejected rejected(ConsumerRecord<byte[], byte[]> record) {
        return new Rejected(
                record.key() == null ? null : new String(record.key(), UTF_8),
                header(record, RawHeaders.INPUT),
                header(record, RejectedRecord.REASON),
                header(record, RejectedRecord.DETAIL),
                header(record, RejectedRecord.PART) == null,
                record.value());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String key) {
        Header header = record.headers().lastHeader(key);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
