package io.flowwarden.embedded;

import io.flowwarden.config.Config;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * How to run everything in this process.
 *
 * @param rules the catalog
 * @param estate the inventory, empty for none; null leaves what the data hold
 * @param config limits, wanted flows and overrides of Kafka settings; of a cluster it need not know
 * @param rawPartitions of the raw topic, if it is new; one keeps the order of all input
 * @param data folder that stays, or null for a temporary one
 * @param retention how much of what came is kept
 * @param meters where the books show
 */
public record EmbeddedSetup(
        Collection<PortRule> rules,
        Collection<EstateEntry> estate,
        Config config,
        int rawPartitions,
        Path data,
        Retention retention,
        MeterRegistry meters) {
    /**
     * One partition, all flows, nothing kept.
     *
     * @param config of it the limits and what decides about alerts
     */
    public static EmbeddedSetup of(
            Collection<PortRule> rules,
            Collection<EstateEntry> estate,
            Config config,
            MeterRegistry meters) {
        return new EmbeddedSetup(
                rules,
                estate,
                config.judgement().withFlows(FlowsWanted.ALL),
                1,
                null,
                Retention.BY_TIME,
                meters);
    }

    public EmbeddedSetup {
        rules = List.copyOf(rules);
        estate = estate == null ? null : List.copyOf(estate);
    }
}
