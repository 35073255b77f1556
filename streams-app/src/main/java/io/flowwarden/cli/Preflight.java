package io.flowwarden.cli;

import io.flowwarden.FlowApp;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.config.Guarantee;
import io.flowwarden.config.InputConfig;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.Topic;
import io.flowwarden.topics.TopicAdminException;
import io.flowwarden.topics.TopicState;
import io.flowwarden.topics.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Everything that a run needs, looked at without joining anything. What is wrong becomes a fault of
 * the configuration, all of it at once.
 */
final class Preflight {
    private static final String TRANSACTIONS = "transaction.version";

    /** KIP-890: the broker ends a transaction of a producer that is gone. */
    private static final int SAFE_TRANSACTIONS = 2;

    private final ConfigFile file;
    private final Config config;
    private final Topics topics;
    private final List<String> warnings = new ArrayList<>();
    private Map<String, Integer> partitions = Map.of();

    private Preflight(ConfigFile file) {
        this.file = file;
        this.config = file.config();
        this.topics = Topics.under(config.topicsPrefix());
    }

    static Preflight of(ConfigFile file) {
        var preflight = new Preflight(file);
        preflight.look();
        return preflight;
    }

    /** What is allowed but should not stay so. */
    List<String> warnings() {
        return warnings;
    }

    /** Partition counts of the input topics, by name. */
    Map<String, Integer> partitions() {
        return partitions;
    }

    private void look() {
        sinks();
        stateDir();
        schemas();
        Map<String, String> ofKafka = FlowApp.faults(config);
        ofKafka.forEach(file::fault);
        if (!ofKafka.isEmpty()) {
            return;
        }
        try (Cluster cluster = Cluster.reach(file)) {
            if (cluster != null) {
                topics(cluster);
                transactions(cluster);
            }
        } catch (TopicAdminException refused) {
            file.fault("kafka", refused.getMessage());
        }
    }

    /** Refused, since nothing would tell that nobody is told. */
    private void sinks() {
        if (!config.alertSinks().isEmpty()) {
            file.fault(
                    "alert.sinks",
                    "only live tells alerts itself; in a cluster the connectors of"
                            + " connectors/alerts do, once for all instances");
        }
    }

    private void stateDir() {
        Path folder = config.stateDir().toAbsolutePath();
        while (!Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            file.fault("state.dir", folder + " is no folder that can be written to");
        }
    }

    private void schemas() {
        SchemaSerdes serdes = Cluster.serdes(file);
        if (serdes == null) {
            return;
        }
        try {
            serdes.values(PortRule.class).close();
            if (registersItself()) {
                serdes.registry().subjects();
            } else {
                serdes.encoder(topics.flows().name(), JudgedFlow.class);
                serdes.encoder(topics.findings().name(), Finding.class);
                serdes.encoder(topics.alerts().name(), Alert.class);
            }
        } catch (SerializationException refused) {
            file.fault("schema.registry.url", SchemasCommand.hinted(refused));
        } catch (RuntimeException refused) {
            // A serde named by class throws what it likes.
            file.fault("schema.serde.class", Cluster.rootOf(refused));
        }
    }

    private boolean registersItself() {
        return Boolean.parseBoolean(config.schema().get("schema.registry.auto.register.schemas"));
    }

    private void topics(Cluster cluster) {
        for (TopicState state : cluster.topics().describe(needed())) {
            compare(state);
        }
        List<String> names =
                FlowApp.inputs(config, topics).stream().map(InputConfig::topic).toList();
        partitions = cluster.topics().partitions(names);
        for (InputConfig input : config.inputs()) {
            if (!partitions.containsKey(input.topic())) {
                file.fault("inputs", "topic " + input.topic() + " does not exist");
            }
        }
        if (partitions.size() == names.size()) {
            changelog(
                    cluster,
                    FlowApp.changelogOfJudge(config),
                    partitions.values(),
                    config.inputs().isEmpty() ? "topics.prefix" : "inputs",
                    "the input");
        }
        settling(cluster);
    }

    /** Findings and what operators say of alerts meet in one task. */
    private void settling(Cluster cluster) {
        String findings = topics.findings().name();
        String actions = topics.actions().name();
        Map<String, Integer> found = cluster.topics().partitions(List.of(findings, actions));
        if (found.size() == 2 && !found.get(findings).equals(found.get(actions))) {
            file.fault(
                    "topics.prefix",
                    actions
                            + " has "
                            + found.get(actions)
                            + " partitions, but must have as many as "
                            + findings
                            + ", "
                            + found.get(findings));
        }
        var all = new HashMap<>(partitions);
        if (found.containsKey(findings)) {
            all.put(findings, found.get(findings));
            changelog(
                    cluster,
                    FlowApp.changelogOfSettle(config),
                    List.of(found.get(findings)),
                    "topics.prefix",
                    findings);
        }
        partitions = Map.copyOf(all);
    }

    private List<Topic> needed() {
        return topics.all().stream()
                .filter(topic -> config.inputs().isEmpty() || !topic.equals(topics.raw()))
                .toList();
    }

    private void compare(TopicState state) {
        Topic topic = state.topic();
        if (!state.exists()) {
            file.fault(
                    "topics.prefix",
                    "topic " + topic.name() + " does not exist: flowwarden topics create");
            return;
        }
        if (topic.partitions() == 1 && state.partitions() != 1) {
            file.fault(
                    "topics.prefix",
                    "topic "
                            + topic.name()
                            + " has "
                            + state.partitions()
                            + " partitions, but a revision needs the order of one");
        }
        for (String difference : state.differences()) {
            String what = "topic " + topic.name() + " has " + difference;
            if (difference.startsWith("cleanup.policy=")) {
                file.fault("topics.prefix", what);
            } else {
                warnings.add(what);
            }
        }
    }

    /** The state of a source, or of an incident, is where its partition was. */
    private void changelog(
            Cluster cluster, String name, Collection<Integer> widths, String key, String input) {
        Integer before = cluster.topics().partitions(List.of(name)).get(name);
        int now = widths.stream().mapToInt(Integer::intValue).max().orElseThrow();
        if (before != null && before != now) {
            file.fault(
                    key,
                    "the state has "
                            + before
                            + " partitions and "
                            + input
                            + " "
                            + now
                            + ": more partitions need a new prefix and kafka.application.id");
        }
    }

    private void transactions(Cluster cluster) {
        if (config.guarantee() != Guarantee.EXACTLY_ONCE_V2) {
            return;
        }
        try {
            FinalizedVersionRange range =
                    cluster.admin()
                            .describeFeatures()
                            .featureMetadata()
                            .get()
                            .finalizedFeatures()
                            .get(TRANSACTIONS);
            int version = range == null ? 0 : range.maxVersionLevel();
            if (version < SAFE_TRANSACTIONS) {
                warnings.add(
                        "the brokers have "
                                + TRANSACTIONS
                                + " "
                                + version
                                + "; below 2 a hanging transaction can stop the reading of flows");
            }
        } catch (ExecutionException unknown) {
            warnings.add(TRANSACTIONS + " cannot be read: " + Cluster.rootOf(unknown));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
