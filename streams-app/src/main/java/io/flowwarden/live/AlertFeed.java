package io.flowwarden.live;

import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.registry.RegistryException;
import io.flowwarden.sink.Courier;
import io.flowwarden.sink.Delivery;
import io.flowwarden.sink.States;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the alerts topic to one sink, on a thread of its own, so that a receiver that is away
 * holds up nobody else. How far it came is kept with the broker: a restart goes on there. A sink
 * that was never here before hears of the alerts that are open, not of those that ended; one that
 * must remember reads all again.
 */
final class AlertFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertFeed.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(10);
    private static final Duration AT_THE_END = Duration.ofSeconds(2);

    private final Courier courier;
    private final Deserializer<Alert> alerts;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final Map<TopicPartition, OffsetAndMetadata> told = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param next offset behind the record, or -1 where that must not be kept yet
     */
    private record Waiting(TopicPartition partition, long next, Alert alert) {}

    /**
     * @param client client properties, at least {@code bootstrap.servers}
     * @param name of this reader with the broker
     */
    AlertFeed(
            Courier courier,
            Map<String, ?> client,
            String topic,
            String name,
            Deserializer<Alert> alerts) {
        this.courier = courier;
        this.alerts = alerts;
        var settings = new HashMap<String, Object>(client);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, name);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions =
                consumer.partitionsFor(topic).stream()
                        .map(found -> new TopicPartition(topic, found.partition()))
                        .toList();
        consumer.assign(partitions);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            boolean begun = false;
            while (!closed) {
                try {
                    if (!begun) {
                        begin();
                        begun = true;
                    }
                    tell();
                    Duration due = courier.upkeep();
                    poll(due.compareTo(POLL) < 0 ? due : POLL);
                } catch (KafkaException e) {
                    if (!closed) {
                        LOG.warn("{}: the alerts topic cannot be read: {}", courier, e.toString());
                        Thread.sleep(AFTER_A_FAULT.toMillis());
                    }
                } catch (RuntimeException bug) {
                    // Whatever it is about, the alerts behind it must get through.
                    LOG.error("{}: alerts not told, trying again", courier, bug);
                    Thread.sleep(AFTER_A_FAULT.toMillis());
                }
            }
        } catch (InterruptedException stopping) {
            // Closed.
        } finally {
            end();
        }
    }

    private void end() {
        // What follows is short, and an interruption would end it.
        Thread.interrupted();
        try {
            consumer.commitSync(told, AT_THE_END);
        } catch (KafkaException e) {
            LOG.warn("{}: the last alerts will be told again: {}", courier, e.toString());
        }
        consumer.close(CloseOptions.timeout(AT_THE_END));
        courier.close();
    }

    private void begin() throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> kept = consumer.committed(Set.copyOf(partitions));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata from = kept.get(partition);
            if (from == null || courier.remembers()) {
                catchUp(partition, ends.get(partition));
            } else {
                consumer.seek(partition, from);
            }
        }
    }

    private void catchUp(TopicPartition partition, long end) throws InterruptedException {
        var last = new LinkedHashMap<String, Alert>();
        consumer.pause(partitions);
        consumer.resume(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        while (!closed && consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Alert alert = record.offset() < end ? read(record) : null;
                if (alert != null) {
                    last.put(alert.getId(), alert);
                }
            }
        }
        consumer.resume(partitions);
        consumer.seek(partition, end);
        last.values().removeIf(States::isResolved);
        if (courier.remembers()) {
            last.values().forEach(courier::restore);
            return;
        }
        last.values().forEach(alert -> waiting.add(new Waiting(partition, -1, alert)));
        if (last.isEmpty()) {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(end)));
        } else {
            waiting.add(new Waiting(partition, end, waiting.removeLast().alert()));
        }
    }

    private void poll(Duration atMost) throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
            Alert alert = read(record);
            if (alert != null) {
                var partition = new TopicPartition(record.topic(), record.partition());
                waiting.add(new Waiting(partition, record.offset() + 1, alert));
            }
        }
    }

    /** Null for a tombstone, and for what is no alert. */
    private Alert read(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        if (record.value() == null) {
            return null;
        }
        while (true) {
            try {
                return alerts.deserialize(record.topic(), record.headers(), record.value());
            } catch (SerializationException e) {
                if (!(e instanceof RegistryException away && away.outage())) {
                    LOG.error("{}: offset {}: {}", courier, record.offset(), e.getMessage());
                    return null;
                }
                Thread.sleep(POLL.toMillis());
            }
        }
    }

    private void tell() throws InterruptedException {
        while (!waiting.isEmpty() && !closed) {
            Delivery delivery = courier.deliver(waiting.stream().map(Waiting::alert).toList());
            for (int i = 0; i < delivery.done(); i++) {
                Waiting done = waiting.remove();
                if (done.next() >= 0) {
                    told.put(done.partition(), new OffsetAndMetadata(done.next()));
                }
            }
            if (!told.isEmpty()) {
                consumer.commitSync(told);
                told.clear();
            }
            if (delivery.outage() != null) {
                Thread.sleep(courier.pause().toMillis());
            }
        }
    }

    /** What is not told yet is told after the next start. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
