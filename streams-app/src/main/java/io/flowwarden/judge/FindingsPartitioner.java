package io.flowwarden.judge;

import io.flowwarden.detect.FindingKeys;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Findings by their key; what every settle task must know goes to every partition. */
public enum FindingsPartitioner implements StreamPartitioner<byte[], byte[]> {
    INSTANCE;

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, byte[] key, byte[] value, int partitions) {
        return isEverywhere(key)
                ? Optional.of(
                        IntStream.range(0, partitions)
                                .boxed()
                                .collect(Collectors.toUnmodifiableSet()))
                : Optional.empty();
    }

    private static boolean isEverywhere(byte[] key) {
        return key.length == 1 && key[0] == FindingKeys.EVERYWHERE.charAt(0)
                || FindingKeys.isServer(key);
    }
}
