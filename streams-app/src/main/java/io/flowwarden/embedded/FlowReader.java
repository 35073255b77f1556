package io.flowwarden.embedded;

import io.flowwarden.schemas.JudgedFlow;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads judged flows. */
public final class FlowReader extends CommittedReader<JudgedFlow> {
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
        super(client, topic, partitions, rawPartitions, values);
    }
}
