package io.flowwarden.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.judge.EndOfFlows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads what the application writes to a topic, committed records only, from the first to the final
 * markers. One with a {@code group.id} begins where it was {@link #done} before.
 */
class CommittedReader<T> implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<T> values;
    private final int markersWanted;
    private final boolean named;
    private final Set<String> markers = new HashSet<>();

    /**
     * @param client client properties, at least {@code bootstrap.servers}
     * @param partitions how many the topic has
     * @param writers how many tasks send a marker to each partition
     */
    CommittedReader(
            Map<String, ?> client,
            String topic,
            int partitions,
            int writers,
            Deserializer<T> values) {
        var settings = new HashMap<String, Object>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Also where retention has gone past what the group had read.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.values = values;
        this.markersWanted = partitions * writers;
        var all =
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
        this.named = settings.containsKey(ConsumerConfig.GROUP_ID_CONFIG);
        consumer.assign(all);
        if (!named) {
            consumer.seekToBeginning(all);
        }
    }

    /**
     * The next values, in the order of their partition.
     *
     * @param atMost how long to wait for the first of them
     */
    public List<T> poll(Duration atMost) {
        var found = new ArrayList<T>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
            if (EndOfFlows.isMarker(record)) {
                markers.add(record.partition() + " " + new String(record.key(), UTF_8));
            } else if (record.value() != null) {
                found.add(values.deserialize(record.topic(), record.headers(), record.value()));
            }
        }
        return found;
    }

    /**
     * What was returned has served its purpose: a reader of the same group will not see it again. A
     * crash may forget the latest of these, so each is seen at least once.
     */
    public void done() {
        if (named) {
            consumer.commitAsync();
        }
    }

    /** Whether everything up to the final tick was judged and has been read. */
    public boolean isFinished() {
        return markers.size() >= markersWanted;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
