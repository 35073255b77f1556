package io.flowwarden.cli;

import io.flowwarden.config.ConfigFile;
import io.flowwarden.schemas.Action;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.Compatibility;
import io.flowwarden.schemas.registry.RegistryClient;
import io.flowwarden.schemas.registry.RegistryException;
import io.flowwarden.topics.Topics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** The schemas in a registry. */
@Command(
        name = "schemas",
        description = "The schemas of the topics' values in a schema registry.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {SchemasCommand.Register.class, HelpCommand.class})
final class SchemasCommand {
    private SchemasCommand() {}

    /** Value schemas by topic. */
    static Map<String, Schema> byTopic(Topics topics) {
        var schemas = new LinkedHashMap<String, Schema>();
        schemas.put(topics.flows().name(), JudgedFlow.getClassSchema());
        schemas.put(topics.findings().name(), Finding.getClassSchema());
        schemas.put(topics.actions().name(), Action.getClassSchema());
        schemas.put(topics.alerts().name(), Alert.getClassSchema());
        schemas.put(topics.catalog().name(), PortRule.getClassSchema());
        schemas.put(topics.estate().name(), EstateEntry.getClassSchema());
        return schemas;
    }

    /** What a registry or its client said, and what to do about a schema that it does not have. */
    static String hinted(SerializationException refused) {
        return refused.getCause() instanceof RegistryException cause && cause.notFound()
                ? refused.getMessage() + " (flowwarden schemas register)"
                : refused.getMessage();
    }

    @Command(
            name = "register",
            description = {
                "Register the schemas of all topics, each as <topic>-value, with compatibility"
                        + " BACKWARD.",
                "What is registered already stays as it is."
            },
            mixinStandardHelpOptions = true)
    static final class Register implements Callable<Integer> {
        @Mixin private ConfigArguments arguments;

        @Override
        public Integer call() throws IOException {
            Quiet.please();
            ConfigFile file = arguments.read();
            SchemaSerdes serdes = Cluster.serdes(file);
            Topics topics = Topics.under(file.valid().topicsPrefix());
            try (Output out = Output.standard()) {
                for (var entry : byTopic(topics).entrySet()) {
                    String subject = entry.getKey() + "-value";
                    int id = register(serdes.registry(), subject, entry.getValue());
                    out.line(subject + ": id " + id + ", " + Compatibility.BACKWARD);
                }
            } catch (RegistryException refused) {
                throw new UsageFault(refused.getMessage());
            }
            return Exit.OK;
        }

        private static int register(RegistryClient registry, String subject, Schema schema) {
            int id = registry.register(subject, schema);
            // Explicitly, since the registry's own setting may be anything; and behind the first
            // version, since not every registry has settings for a subject without one.
            registry.setCompatibility(subject, Compatibility.BACKWARD);
            return id;
        }
    }
}
