package io.flowwarden.cli;

import io.flowwarden.config.Config;
import io.flowwarden.revision.Publisher;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.Topics;
import java.util.Collection;

/** Catalog and estate by which a cluster judges now. */
record InForce(Collection<PortRule> rules, Collection<EstateEntry> estate) {
    static InForce of(Config config, SchemaSerdes serdes, Topics topics) {
        return new InForce(
                new Publisher<>(
                                config.client(),
                                topics.catalog().name(),
                                serdes.values(PortRule.class))
                        .entries()
                        .values(),
                new Publisher<>(
                                config.client(),
                                topics.estate().name(),
                                serdes.values(EstateEntry.class))
                        .entries()
                        .values());
    }
}
