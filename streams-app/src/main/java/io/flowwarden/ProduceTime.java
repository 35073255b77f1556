package io.flowwarden;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/**
 * When a raw record was produced: its Kafka timestamp, never what its content says of time. Never
 * ahead of this machine's clock either, since changelog records carry it, and a broker refuses a
 * record from the future together with its transaction.
 */
final class ProduceTime implements TimestampExtractor {
    private final TimestampExtractor clock = new WallclockTimestampExtractor();

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long now = clock.extract(record, partitionTime);
        return record.timestamp() < 0 ? now : Math.min(record.timestamp(), now);
    }
}
