package io.flowwarden.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All topics under one prefix. Their names are made here and nowhere else.
 *
 * @param raw undecoded input, key source id
 * @param flows judged flows, key {@code client>server:port/transport}
 * @param findings what started or stopped being wrong, as single sources saw it
 * @param actions what operators say about alerts; as many partitions as findings
 * @param alerts incidents as they stand, key alert id
 * @param rejected input that cannot be used, with its reason in headers
 * @param catalog port rules, key rule id
 * @param estate inventory, key kind/name
 */
public record Topics(
        Topic raw,
        Topic flows,
        Topic findings,
        Topic actions,
        Topic alerts,
        Topic rejected,
        Topic catalog,
        Topic estate) {
    public static final String DEFAULT_PREFIX = "flowwarden.";

    public static Topics under(String prefix) {
        return new Topics(
                // The broker stamps raw records itself: retention must follow arrival, whatever
                // time a foreign producer writes; a year-old stamp would delete the segment at once
                // and one hours ahead would be refused.
                topic(
                        prefix,
                        "raw",
                        12,
                        deleted(72, Map.of("message.timestamp.type", "LogAppendTime"))),
                topic(prefix, "flows", 6, deleted(7 * 24, Map.of())),
                topic(prefix, "findings", 12, deleted(24, Map.of())),
                topic(prefix, "actions", 12, COMPACTED),
                topic(prefix, "alerts", 6, COMPACTED),
                topic(prefix, "rejected", 6, deleted(7 * 24, Map.of())),
                topic(prefix, "catalog", 1, COMPACTED),
                topic(prefix, "estate", 1, COMPACTED));
    }

    /**
     * Where other collectors write flows that they have decoded, if one of the inputs is this
     * topic: beside {@code raw}, and with as many partitions.
     */
    public Topic flowsIn() {
        String prefix = raw.name().substring(0, raw.name().length() - raw.kind().length());
        return new Topic("flows-in", prefix + "flows-in", raw.partitions(), raw.settings());
    }

    public List<Topic> all() {
        return List.of(raw, flows, findings, actions, alerts, rejected, catalog, estate);
    }

    /**
     * The same topics with other partition counts.
     *
     * @param partitions count by kind
     * @throws IllegalArgumentException for an unknown kind, a count below 1, or more than one
     *     partition for a topic whose order as a whole matters
     */
    public Topics withPartitions(Map<String, Integer> partitions) {
        partitions.forEach(
                (kind, count) -> {
                    if (all().stream().noneMatch(topic -> topic.kind().equals(kind))) {
                        throw new IllegalArgumentException(
                                "partitions for '" + kind + "' but there is no such topic");
                    }
                    if (count != 1 && (kind.equals("catalog") || kind.equals("estate"))) {
                        throw new IllegalArgumentException(
                                "partitions of "
                                        + kind
                                        + " was "
                                        + count
                                        + " but a revision needs the order of one partition");
                    }
                });
        return new Topics(
                with(raw, partitions),
                with(flows, partitions),
                with(findings, partitions),
                // They meet in one task, so findings decides for both.
                actions.withPartitions(
                        partitions.getOrDefault(findings.kind(), findings.partitions())),
                with(alerts, partitions),
                with(rejected, partitions),
                with(catalog, partitions),
                with(estate, partitions));
    }

    private static Topic with(Topic topic, Map<String, Integer> partitions) {
        return topic.withPartitions(partitions.getOrDefault(topic.kind(), topic.partitions()));
    }

    // Small segments, so that a revision's old entries go soon and a start re-reads little.
    private static final Map<String, String> COMPACTED =
            Map.of("cleanup.policy", "compact", "segment.bytes", Integer.toString(16 << 20));

    private static Map<String, String> deleted(int hours, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", Long.toString(Duration.ofHours(hours).toMillis()));
        return settings;
    }

    private static Topic topic(
            String prefix, String kind, int partitions, Map<String, String> settings) {
        return new Topic(kind, prefix + kind, partitions, settings);
    }
}
