package io.flowwarden.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes raw records to the raw topic: each to the partition of its source, ticks to every
 * partition. The first record that could not be written ends it.
 */
public final class RawWriter implements RawSink, AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private volatile Exception failure;

    /**
     * @param client client properties, at least {@code bootstrap.servers}
     * @param partitions how many the topic has
     */
    public RawWriter(Map<String, ?> client, String topic, int partitions) {
        var settings = new HashMap<String, Object>();
        // Order within a source is a promise, so retries may not reorder; batches may fill a bit.
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // A broker takes any first sequence number of a producer it does not know. With two batches
        // on their way to a partition that is just being created, it may refuse the first, take the
        // second, and from then on refuse the first for ever.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18);
        settings.putAll(client);
        this.producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
        this.partitions = partitions;
    }

    @Override
    public void accept(RawRecord raw) throws IOException {
        if (raw.format() != RawFormat.TICK) {
            send(raw, null);
            return;
        }
        for (int partition = 0; partition < partitions; partition++) {
            send(raw, partition);
        }
    }

    /** Waits until everything is written. */
    public void flush() throws IOException {
        producer.flush();
        check();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(RawRecord raw, Integer partition) throws IOException {
        check();
        try {
            producer.send(
                    new ProducerRecord<>(
                            topic,
                            partition,
                            raw.source().getBytes(UTF_8),
                            raw.value(),
                            RawHeaders.write(raw)),
                    (metadata, e) -> {
                        if (e != null && failure == null) {
                            failure = e;
                        }
                    });
        } catch (KafkaException e) {
            throw new IOException("cannot write to " + topic + ": " + e.getMessage(), e);
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException("cannot write to " + topic + ": " + failure, failure);
        }
    }
}
