package io.flowwarden.cli;

import io.flowwarden.config.ConfigFile;
import io.flowwarden.topics.Topic;
import io.flowwarden.topics.TopicState;
import io.flowwarden.topics.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The topics on a cluster. */
@Command(
        name = "topics",
        description = "The topics on a cluster: create what is missing, describe what is there.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {TopicsCommand.Create.class, TopicsCommand.Describe.class, HelpCommand.class})
final class TopicsCommand {
    private TopicsCommand() {}

    @Command(
            name = "create",
            description = {
                "Create the topics that are missing; those that are there stay as they are.",
                "Partition counts are final: the state of every source belongs to its partition."
            },
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Mixin private ConfigArguments arguments;

        @Option(
                names = "--partitions",
                paramLabel = "TOPIC=N",
                description =
                        "Partitions of raw, flows or rejected, e.g. raw=24. Several times for"
                                + " several.")
        private Map<String, Integer> partitions = Map.of();

        @Option(
                names = "--replicas",
                paramLabel = "N",
                description = "Replication factor. Default: the broker's.")
        private Short replicas;

        @Override
        public Integer call() throws IOException {
            Quiet.please();
            ConfigFile file = arguments.read();
            Topics topics = wanted(file);
            var all = new ArrayList<>(topics.all());
            Topic flowsIn = topics.flowsIn();
            if (file.config().inputs().stream().anyMatch(i -> i.topic().equals(flowsIn.name()))) {
                all.add(flowsIn);
            }
            try (Cluster cluster = Cluster.require(file);
                    Output out = Output.standard()) {
                var created =
                        new HashSet<>(cluster.topics().create(all, Optional.ofNullable(replicas)));
                for (Topic topic : all) {
                    out.line(
                            created.contains(topic)
                                    ? topic.name() + ": created, partitions " + topic.partitions()
                                    : topic.name() + ": is there already");
                }
            }
            return Exit.OK;
        }

        private Topics wanted(ConfigFile file) {
            try {
                return Topics.under(file.config().topicsPrefix()).withPartitions(partitions);
            } catch (IllegalArgumentException wrong) {
                throw new UsageFault("--partitions: " + wrong.getMessage());
            }
        }
    }

    @Command(
            name = "describe",
            description = "Print the topics as they are, with what differs from ours.",
            mixinStandardHelpOptions = true)
    static final class Describe implements Callable<Integer> {
        @Mixin private ConfigArguments arguments;

        @Override
        public Integer call() throws IOException {
            Quiet.please();
            ConfigFile file = arguments.read();
            List<Topic> topics = Topics.under(file.config().topicsPrefix()).all();
            try (Cluster cluster = Cluster.require(file);
                    Output out = Output.standard()) {
                for (TopicState state : cluster.topics().describe(topics)) {
                    out.line(described(state));
                }
            }
            return Exit.OK;
        }

        private static String described(TopicState state) {
            if (!state.exists()) {
                return state.topic().name() + ": missing";
            }
            String shape =
                    String.format(
                            Locale.ROOT,
                            "%s: partitions %d, replicas %d",
                            state.topic().name(),
                            state.partitions(),
                            state.replicas());
            return state.differences().isEmpty()
                    ? shape
                    : shape + "; differs: " + String.join(", ", state.differences());
        }
    }
}
