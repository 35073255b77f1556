package io.flowwarden.cli;

import io.flowwarden.raw.MalformedRawRecord;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A stretch of a cluster's raw topic, read beside whoever judges it: no group, nothing committed.
 * Its partitions are merged by the time at which they were written; of the ticks, which every
 * partition has, those of one partition are given.
 */
final class RawHistory implements Analysis.Feed {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int AHEAD = 2_000;

    private final Map<String, ?> client;
    private final String topic;
    private final RawFormat format;
    private final long from;
    private final long to;
    private long records;
    private long unreadable;

    /**
     * @param format of records that do not say it, or null
     * @param from epoch ms, the first included
     * @param to epoch ms, not included
     */
    RawHistory(Map<String, ?> client, String topic, RawFormat format, long from, long to) {
        this.client = client;
        this.topic = topic;
        this.format = format;
        this.from = from;
        this.to = to;
    }

    /** Raw records given, ticks not counted. */
    long records() {
        return records;
    }

    long unreadable() {
        return unreadable;
    }

    @Override
    public void into(RawSink out) throws IOException {
        records = 0;
        unreadable = 0;
        var settings = new HashMap<String, Object>(client);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            merge(consumer, out);
        }
    }

    private void merge(KafkaConsumer<byte[], byte[]> consumer, RawSink out) throws IOException {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new UsageFault("topic " + topic + " does not exist: flowwarden topics create");
        }
        Map<TopicPartition, Long> ends = until(consumer, partitions);
        var open = new TreeMap<Integer, ArrayDeque<ConsumerRecord<byte[], byte[]>>>();
        partitions.forEach(p -> open.put(p.partition(), new ArrayDeque<>()));
        long tick = Long.MIN_VALUE;
        String collector = "replay";
        while (true) {
            fill(consumer, open, ends);
            ConsumerRecord<byte[], byte[]> next = null;
            for (var queue : open.values()) {
                ConsumerRecord<byte[], byte[]> head = queue.peek();
                if (head != null && (next == null || head.timestamp() < next.timestamp())) {
                    next = head;
                }
            }
            if (next == null) {
                break;
            }
            open.get(next.partition()).remove();
            RawRecord raw = read(next);
            if (raw != null && raw.format() == RawFormat.TICK) {
                if (next.partition() == 0 && !raw.last()) {
                    tick = raw.receivedAt();
                    collector = raw.source();
                    out.accept(raw);
                }
            } else if (raw != null) {
                records++;
                tick = Math.max(tick, raw.receivedAt());
                out.accept(raw);
            }
        }
        if (records > 0) {
            out.accept(
                    new RawRecord(
                            collector,
                            RawFormat.TICK,
                            tick,
                            null,
                            null,
                            null,
                            null,
                            true,
                            new byte[0]));
        }
    }

    /** Seeks to the begin; returns where to stop. */
    private Map<TopicPartition, Long> until(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        consumer.offsetsForTimes(all(partitions, from))
                .forEach(
                        (partition, found) -> {
                            long at = found == null ? ends.get(partition) : found.offset();
                            consumer.seek(partition, at);
                        });
        consumer.offsetsForTimes(all(partitions, to))
                .forEach(
                        (partition, found) -> {
                            if (found != null) {
                                ends.put(partition, found.offset());
                            }
                        });
        return ends;
    }

    private static Map<TopicPartition, Long> all(List<TopicPartition> partitions, long at) {
        return partitions.stream().collect(Collectors.toMap(p -> p, p -> at));
    }

    /** Reads until every partition that has more has something to compare. */
    private void fill(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<Integer, ArrayDeque<ConsumerRecord<byte[], byte[]>>> open,
            Map<TopicPartition, Long> ends) {
        while (ends.entrySet().stream()
                .anyMatch(
                        end ->
                                open.get(end.getKey().partition()).isEmpty()
                                        && consumer.position(end.getKey()) < end.getValue())) {
            Set<TopicPartition> full =
                    ends.keySet().stream()
                            .filter(
                                    p ->
                                            open.get(p.partition()).size() > AHEAD
                                                    || consumer.position(p) >= ends.get(p))
                            .collect(Collectors.toSet());
            consumer.resume(ends.keySet());
            consumer.pause(full);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                var partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.get(partition)) {
                    open.get(record.partition()).add(record);
                }
            }
        }
    }

    private RawRecord read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return RawHeaders.read(
                    record.key(), record.value(), record.headers(), format, record.timestamp());
        } catch (MalformedRawRecord malformed) {
            unreadable++;
            return null;
        }
    }
}
