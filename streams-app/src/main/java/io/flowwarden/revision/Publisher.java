package io.flowwarden.revision;

import static java.util.stream.Collectors.partitioningBy;

import io.flowwarden.catalog.Revision;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes entries to a revisioned topic: the difference to what is there, then the revision
 * record, in one transaction. Its transactional id is the topic's, so of two at the same time one
 * is fenced and nothing is mixed.
 */
public final class Publisher<T extends SpecificRecord> {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> client;
    private final String topic;
    private final Serde<T> values;

    /**
     * @param client Kafka client settings, at least {@code bootstrap.servers}
     * @param topic full name; exists with one partition
     */
    public Publisher(Map<String, ?> client, String topic, Serde<T> values) {
        this.client = Map.copyOf(client);
        this.topic = topic;
        this.values = values;
    }

    /** What {@link #publish} would do, without doing it. */
    public Publication compare(Map<String, T> entries) {
        return Difference.between(read(), entries).publication();
    }

    /** What the topic holds now, by key. */
    public Map<String, T> entries() {
        Map<String, T> entries = read();
        entries.values().removeIf(Objects::isNull);
        return entries;
    }

    /** Makes the topic hold these entries, by key, and no others. */
    public Publication publish(Map<String, T> entries) {
        var settings = new HashMap<>(client);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic + "-publisher");
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            // Read behind initTransactions: whoever published before is done or fenced by now.
            var difference = Difference.between(read(), entries);
            producer.beginTransaction();
            try {
                difference
                        .written()
                        .forEach(
                                (key, entry) ->
                                        producer.send(
                                                new ProducerRecord<>(
                                                        topic,
                                                        key,
                                                        values.serializer()
                                                                .serialize(topic, entry))));
                difference
                        .removed()
                        .forEach(key -> producer.send(new ProducerRecord<>(topic, key, null)));
                Revision revision = difference.publication().revision();
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                null,
                                RevisionRecord.KEY,
                                RevisionRecord.value(),
                                RevisionRecord.headers(revision)));
                producer.commitTransaction();
            } catch (RuntimeException failed) {
                abort(producer, failed);
                throw failed;
            }
            return difference.publication();
        }
    }

    private static void abort(KafkaProducer<String, byte[]> producer, RuntimeException failed) {
        try {
            producer.abortTransaction();
        } catch (KafkaException alsoFailed) {
            // The broker aborts it when its time is up; the first failure is the one to tell.
            failed.addSuppressed(alsoFailed);
        }
    }

    /** Committed entries; what cannot be read is there with a null value, so it gets replaced. */
    private Map<String, T> read() {
        var settings = new HashMap<>(client);
        settings.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        var partition = new TopicPartition(topic, 0);
        var entries = new TreeMap<String, T>();
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = writtenUpTo(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(POLL)
                        .forEach(
                                record -> {
                                    if (record.value() == null) {
                                        entries.remove(record.key());
                                    } else {
                                        entries.put(record.key(), readable(record.value()));
                                    }
                                });
            }
        }
        entries.remove(RevisionRecord.KEY);
        return entries;
    }

    /**
     * End of the log, transactions in flight included. The end that a committed reader is told may
     * lag: a transaction counts as committed before its marker has reached the partition.
     */
    private long writtenUpTo(TopicPartition partition) {
        var settings = new HashMap<>(client);
        settings.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_UNCOMMITTED.toString());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private T readable(byte[] value) {
        try {
            return values.deserializer().deserialize(topic, value);
        } catch (SerializationException foreign) {
            return null;
        }
    }

    private record Difference<T extends SpecificRecord>(
            Map<String, T> written, Set<String> removed, Publication publication) {
        static <T extends SpecificRecord> Difference<T> between(
                Map<String, T> before, Map<String, T> after) {
            var written = new TreeMap<>(after);
            written.entrySet()
                    .removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
            var removed = new TreeSet<>(before.keySet());
            removed.removeAll(after.keySet());
            var news = written.keySet().stream().collect(partitioningBy(before::containsKey));
            return new Difference<>(
                    written,
                    removed,
                    new Publication(
                            Revision.of(after.values()),
                            news.get(false),
                            news.get(true),
                            List.copyOf(removed),
                            after.size() - written.size()));
        }
    }
}
