package io.flowwarden.topics;

import java.util.Map;

/**
 * A topic of the product as {@code topics create} makes it.
 *
 * @param kind which of them, e.g. {@code raw}; the name without the prefix
 * @param name full name on the cluster
 * @param partitions how many a new one gets; fixed from then on, since changing those of raw would
 *     orphan the state of every source
 * @param settings topic settings that differ from the broker's
 */
public record Topic(String kind, String name, int partitions, Map<String, String> settings) {
    public Topic {
        settings = Map.copyOf(settings);
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions of " + kind + " was " + partitions + " but it must be positive");
        }
    }

    Topic withPartitions(int count) {
        return new Topic(kind, name, count, settings);
    }
}
