package io.flowwarden.embedded;

import io.flowwarden.schemas.Alert;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads alerts as they change. */
public final class AlertReader extends CommittedReader<Alert> {
    /**
     * @param client client properties, at least {@code bootstrap.servers}
     * @param partitions how many the topic has
     * @param findingsPartitions how many findings has: each sends a marker to each partition
     */
    public AlertReader(
            Map<String, ?> client,
            String topic,
            int partitions,
            int findingsPartitions,
            Deserializer<Alert> values) {
        super(client, topic, partitions, findingsPartitions, values);
    }
}
