package io.flowwarden.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.raw.RawHeaders;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The final tick as it leaves on {@code flows}: key {@code _final/<raw partition>}, no value,
 * header {@code fw.final} with {@code 1}. It is written to every partition, in the transaction of
 * the last batch of that raw partition, so whoever has read one marker for each raw partition on
 * each partition of {@code flows} has read every flow.
 */
public final class EndOfFlows {
    private static final String KEY = "_final/";

    private EndOfFlows() {}

    /** The marker of a raw partition, or of a partition of findings on {@code alerts}. */
    public static Record<byte[], byte[]> marker(int rawPartition, long producedAt) {
        var headers = new RecordHeaders();
        headers.add(RawHeaders.FINAL, "1".getBytes(UTF_8));
        return new Record<>((KEY + rawPartition).getBytes(UTF_8), null, producedAt, headers);
    }

    /** Whether a record of {@code flows} is a marker and no flow. */
    public static boolean isMarker(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null && record.headers().lastHeader(RawHeaders.FINAL) != null;
    }

    /** Markers to every partition, flows by their key. */
    public static StreamPartitioner<byte[], byte[]> partitioner() {
        return new EveryPartition();
    }

    private static final class EveryPartition implements StreamPartitioner<byte[], byte[]> {
        @Override
        public Optional<Set<Integer>> partitions(
                String topic, byte[] key, byte[] value, int partitions) {
            return value == null && new String(key, UTF_8).startsWith(KEY)
                    ? Optional.of(
                            IntStream.range(0, partitions)
                                    .boxed()
                                    .collect(Collectors.toUnmodifiableSet()))
                    : Optional.empty();
        }
    }
}
