package io.flowwarden.embedded;

import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How to run everything in this process.
 *
 * @param rules the catalog
 * @param estate the inventory; empty for none
 * @param wanted which judged flows are published
 * @param rawPartitions of the raw topic; one keeps the order of all input
 * @param data folder that stays, or null for a temporary one
 * @param meters where the books show
 * @param kafka overrides of Kafka settings
 */
public record EmbeddedSetup(
        Collection<PortRule> rules,
        Collection<EstateEntry> estate,
        FlowsWanted wanted,
        int rawPartitions,
        Path data,
        MeterRegistry meters,
        Map<String, String> kafka) {
    /** One partition, all flows, nothing kept. */
    public static EmbeddedSetup of(
            Collection<PortRule> rules, Collection<EstateEntry> estate, MeterRegistry meters) {
        return new EmbeddedSetup(rules, estate, FlowsWanted.ALL, 1, null, meters, Map.of());
    }

    public EmbeddedSetup {
        rules = List.copyOf(rules);
        estate = List.copyOf(estate);
        kafka = Map.copyOf(kafka);
    }
}
