package io.flowwarden.cli;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.estate.Estate;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.revision.Publication;
import io.flowwarden.revision.Publisher;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a cluster the estate to judge by. */
@Command(
        name = "apply",
        description = {
            "Make this file the estate of a cluster.",
            "Prints what differs, then writes it in one transaction: every running instance judges by"
                    + " all of it or by what was before."
        },
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ESTATE.yaml", description = "The whole estate; what it lacks goes.")
    private Path file;

    @Option(names = "--dry-run", description = "Print what differs and publish nothing.")
    private boolean dryRun;

    @Option(
            names = "--config",
            paramLabel = "F",
            description = {
                "flowwarden.yaml; its keys: streams-app/README.md.",
                "Without it, --dry-run checks the file and compares it with nothing."
            })
    private Path configuration;

    @Mixin private CatalogArguments arguments;
    @Spec private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        Quiet.please();
        if (configuration != null) {
            return apply(ConfigFile.read(configuration, System.getenv()));
        }
        if (!dryRun) {
            throw new ParameterException(
                    command.commandLine(), "Missing required option: '--config=F'");
        }
        check();
        return Exit.OK;
    }

    private void check() throws IOException {
        boolean common = ConfigFile.of(System.getenv()).config().catalogCommon();
        Estate estate = EstateFile.read(file, arguments.catalog(common));
        try (Output out = Output.standard()) {
            tell(out, "+ ", estate.byKey().keySet());
            out.line(
                    String.format(
                            Locale.ROOT,
                            "estate revision %s: %d entries, no faults (compared with no cluster:"
                                    + " --config names one)",
                            estate.revision().hash(),
                            estate.revision().count()));
        }
    }

    private Integer apply(ConfigFile settings) throws IOException {
        Config config = settings.config();
        Catalog catalog = arguments.catalog(config.catalogCommon());
        Estate estate = EstateFile.read(file, catalog);
        String topic = Topics.under(config.topicsPrefix()).estate().name();
        SchemaSerdes serdes = Cluster.serdes(settings);
        try (Cluster cluster = Cluster.require(settings)) {
            if (cluster.topics().partitions(List.of(topic)).isEmpty()) {
                throw new UsageFault(
                        "topic " + topic + " does not exist: flowwarden topics create");
            }
            Map<String, EstateEntry> entries = estate.byKey();
            var publisher =
                    new Publisher<>(config.client(), topic, serdes.values(EstateEntry.class));
            tell(dryRun ? publisher.compare(entries) : publisher.publish(entries));
        } catch (SerializationException refused) {
            throw new UsageFault(SchemasCommand.hinted(refused));
        }
        return Exit.OK;
    }

    private void tell(Publication difference) throws IOException {
        try (Output out = Output.standard()) {
            tell(out, "+ ", difference.added());
            tell(out, "~ ", difference.changed());
            tell(out, "- ", difference.gone());
            out.line(
                    String.format(
                            Locale.ROOT,
                            "estate revision %s: %d entries, %d written, %d removed, %d unchanged%s",
                            difference.revision().hash(),
                            difference.revision().count(),
                            difference.written(),
                            difference.removed(),
                            difference.unchanged(),
                            dryRun ? " (dry run: nothing is published)" : ""));
        }
    }

    private static void tell(Output out, String sign, Collection<String> keys) throws IOException {
        for (String key : keys) {
            out.line(sign + key);
        }
    }
}
