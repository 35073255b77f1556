package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.config.Config;
import io.flowwarden.schemas.Action;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The alerts of a cluster as they stand, and what an operator says about them. */
final class AlertTopic {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Config config;
    private final Topics topics;
    private final SchemaSerdes serdes;

    AlertTopic(Config config, SchemaSerdes serdes) {
        this.config = config;
        this.serdes = serdes;
        topics = Topics.under(config.topicsPrefix());
    }

    /**
     * All that the topic holds, by id, in the order in which they last changed.
     *
     * @throws UsageFault where there is no such topic
     */
    Collection<Alert> read() {
        String topic = topics.alerts().name();
        var settings = new HashMap<String, Object>(config.client());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        var alerts = new LinkedHashMap<String, Alert>();
        var values = serdes.values(Alert.class).deserializer();
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .toList();
            if (partitions.isEmpty()) {
                throw new UsageFault(
                        "topic " + topic + " does not exist: flowwarden topics create");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    String id = new String(record.key(), UTF_8);
                    alerts.remove(id);
                    if (record.value() != null) {
                        alerts.put(id, values.deserialize(topic, record.value()));
                    }
                }
            }
        }
        return alerts.values();
    }

    /** Writes what somebody says about an alert, where its findings are settled. */
    void write(Alert alert, Action action) {
        String topic = topics.actions().name();
        var settings = new HashMap<String, Object>(config.client());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        byte[] value = serdes.encoder(topic, Action.class).encode(action);
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            // The default partitioner: that of the findings with this key.
            producer.send(new ProducerRecord<>(topic, alert.getFindingKey().getBytes(UTF_8), value))
                    .get();
        } catch (ExecutionException refused) {
            throw new UsageFault("cannot write to " + topic + ": " + Cluster.rootOf(refused));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UsageFault("interrupted");
        }
    }
}
