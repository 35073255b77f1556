package io.flowwarden.topics;

import java.util.List;

/**
 * A topic as the cluster has it.
 *
 * @param topic as it should be
 * @param partitions how many it has, 0 where it does not exist
 * @param replicas replication factor, 0 where it does not exist
 * @param differences settings that differ from ours, {@code key=found (ours: wanted)}
 */
public record TopicState(Topic topic, int partitions, int replicas, List<String> differences) {
    public boolean exists() {
        return partitions > 0;
    }
}
