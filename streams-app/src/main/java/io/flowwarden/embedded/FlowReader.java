package io.flowwarden.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.judge.EndOfFlows;
import io.flowwarden.schemas.JudgedFlow;
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
 * Reads judged flows, committed ones only, from the first to the final markers. One with a {@code
 * group.id} begins where it was {@link #done} before.
 */
public final class FlowReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<JudgedFlow> values;
    private final int markersWanted;
    private final boolean named;
    private final Set<String> markers = new HashSet<>();

    /**
     * @param client client properties, at least {@code bootstrap.servers}
     * @param partitions how many the topic has
     * @param rawPartitions how many raw has: each sends a marker to each partition
     */
    public FlowReader(
            Map<String, ?> client,
            String topic,
            int partitions,
            int rawPartitions,
            Deserializer<JudgedFlow> values) {
        var settings = new HashMap<String, Object>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Also where retention has gone past what the group had read.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.values = values;
        this.markersWanted = partitions * rawPartitions;
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
     * The next flows, in the order of their partition.
     *
     * @param atMost how long to wait for the first of them
     */
    public List<JudgedFlow> poll(Duration atMost) {
        var flows = new ArrayList<JudgedFlow>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
            if (EndOfFlows.isMarker(record)) {
                markers.add(record.partition() + " " + new String(record.key(), UTF_8));
            } else if (record.value() != null) {
                flows.add(values.deserialize(record.topic(), record.headers(), record.value()));
            }
        }
        return flows;
    }

    /**
     * What was returned has served its purpose: a reader of the same group will not see it again. A
     * crash may forget the latest of these, so each flow is seen at least once.
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
