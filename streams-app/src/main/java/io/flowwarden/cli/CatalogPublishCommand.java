package io.flowwarden.cli;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.revision.Publication;
import io.flowwarden.revision.Publisher;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives a cluster the catalog to judge by. */
@Command(
        name = "publish",
        description = {
            "Make these rules the catalog of a cluster: what differs is written in one transaction,",
            "and every running instance judges by all of them or by the ones before."
        },
        mixinStandardHelpOptions = true)
final class CatalogPublishCommand implements Callable<Integer> {
    @Mixin private ConfigArguments configuration;
    @Mixin private CatalogArguments arguments;

    @Override
    public Integer call() throws IOException {
        Quiet.please();
        ConfigFile file = configuration.read();
        Config config = file.config();
        Catalog catalog = arguments.catalog(config.catalogCommon());
        String topic = Topics.under(config.topicsPrefix()).catalog().name();
        SchemaSerdes serdes = Cluster.serdes(file);
        try (Cluster cluster = Cluster.require(file)) {
            if (cluster.topics().partitions(List.of(topic)).isEmpty()) {
                throw new UsageFault(
                        "topic " + topic + " does not exist: flowwarden topics create");
            }
            told(publish(config, topic, serdes, catalog));
        } catch (SerializationException refused) {
            throw new UsageFault(SchemasCommand.hinted(refused));
        }
        return Exit.OK;
    }

    private static Publication publish(
            Config config, String topic, SchemaSerdes serdes, Catalog catalog) {
        var rules = new TreeMap<String, PortRule>();
        catalog.rules().forEach(rule -> rules.put(rule.getId(), rule));
        return new Publisher<>(config.client(), topic, serdes.values(PortRule.class))
                .publish(rules);
    }

    private static void told(Publication done) throws IOException {
        try (Output out = Output.standard()) {
            out.line(
                    String.format(
                            Locale.ROOT,
                            "catalog revision %s: %d rules, %d written, %d removed, %d unchanged",
                            done.revision().hash(),
                            done.revision().count(),
                            done.written(),
                            done.removed(),
                            done.unchanged()));
        }
    }
}
