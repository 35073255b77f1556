package io.flowwarden.embedded;

import io.flowwarden.config.Config;
import io.flowwarden.estate.Estate;
import io.flowwarden.live.RawWriter;
import io.flowwarden.revision.Publisher;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.topics.TopicAdmin;
import io.flowwarden.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/** Broker, schema registry and topics in this process: all that the application joins. */
public final class EmbeddedCluster implements AutoCloseable {
    private static final int FLOWS_PARTITIONS = 1;
    private static final int ALERTS_PARTITIONS = 1;

    private final Topics topics;
    private final EmbeddedBroker broker;
    private final InProcessRegistry registry;

    private EmbeddedCluster(Topics topics, EmbeddedBroker broker, InProcessRegistry registry) {
        this.topics = topics;
        this.broker = broker;
        this.registry = registry;
    }

    /** Likewise, and keeps what it gets for as long as a cluster would. */
    public static EmbeddedCluster start(Path data, int rawPartitions) throws IOException {
        return start(data, rawPartitions, Retention.BY_TIME);
    }

    /**
     * Starts on what the folder holds, or empty.
     *
     * @param data folder, created if missing; stays
     * @param rawPartitions of the raw topic, if it is new
     * @param retention of topics that are new
     */
    public static EmbeddedCluster start(Path data, int rawPartitions, Retention retention)
            throws IOException {
        var broker = EmbeddedBroker.start(data.resolve("broker"), 0);
        try {
            var registry = InProcessRegistry.start(0, data.resolve("schemas.json"));
            var topics =
                    Topics.under(Topics.DEFAULT_PREFIX)
                            .withPartitions(
                                    Map.of(
                                            "raw",
                                            rawPartitions,
                                            "flows",
                                            FLOWS_PARTITIONS,
                                            "findings",
                                            1,
                                            "alerts",
                                            ALERTS_PARTITIONS,
                                            "rejected",
                                            1));
            return new EmbeddedCluster(created(broker, retention.of(topics)), broker, registry);
        } catch (IOException | RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    public Topics topics() {
        return topics;
    }

    /** What every Kafka client needs. */
    public Map<String, String> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** Writes a configuration with which other commands reach this cluster while it runs. */
    void tellClients(Path file) throws IOException {
        Files.writeString(
                file,
                "# The broker and the registry of the process that runs on this folder now.\n"
                        + "kafka.bootstrap.servers: "
                        + broker.bootstrapServers()
                        + "\nschema.registry.url: "
                        + registry.url()
                        + "\nschema.registry.auto.register.schemas: true\n");
    }

    /** What every serde needs. */
    public Map<String, String> schema() {
        return Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "true");
    }

    /**
     * A configuration of the application for this cluster.
     *
     * @param kafka overrides of Kafka settings
     */
    public Config config(Path stateDir, Map<String, String> kafka) {
        return config(stateDir, Config.of(kafka, Map.of(), stateDir));
    }

    /**
     * Likewise.
     *
     * @param wanted what it says beside the cluster
     */
    public Config config(Path stateDir, Config wanted) {
        var cluster = new HashMap<String, String>(client());
        // One instance has nobody to stand by for.
        cluster.put("num.standby.replicas", "0");
        return wanted.on(cluster, schema(), stateDir);
    }

    /** How many partitions each input has, and findings, by topic. */
    public Map<String, Integer> inputPartitions() {
        return Map.of(
                topics.raw().name(),
                topics.raw().partitions(),
                topics.findings().name(),
                topics.findings().partitions());
    }

    public void publishCatalog(Collection<PortRule> rules) {
        var byId = new TreeMap<String, PortRule>();
        rules.forEach(rule -> byId.put(rule.getId(), rule));
        new Publisher<>(client(), topics.catalog().name(), serdes().values(PortRule.class))
                .publish(byId);
    }

    public void publishEstate(Collection<EstateEntry> estate) {
        new Publisher<>(client(), topics.estate().name(), serdes().values(EstateEntry.class))
                .publish(new Estate(List.copyOf(estate)).byKey());
    }

    /** Writes raw records and ticks. Close it when done. */
    public RawWriter rawWriter() {
        return new RawWriter(client(), topics.raw().name(), topics.raw().partitions());
    }

    /** Reads the judged flows from the first. Close it when done. */
    public FlowReader flows() {
        return flows(client());
    }

    /**
     * Reads the judged flows from where this reader {@link FlowReader#done was done}, else from the
     * first. Close it when done.
     */
    public FlowReader flows(String reader) {
        var settings = new HashMap<>(client());
        settings.put("group.id", reader);
        return flows(settings);
    }

    private FlowReader flows(Map<String, String> client) {
        return new FlowReader(
                client,
                topics.flows().name(),
                FLOWS_PARTITIONS,
                topics.raw().partitions(),
                serdes().values(JudgedFlow.class).deserializer());
    }

    /** Reads alerts as they change, from the first. Close it when done. */
    public AlertReader alerts() {
        return alerts(client());
    }

    /** Likewise, from where this reader was done. */
    public AlertReader alerts(String reader) {
        var settings = new HashMap<>(client());
        settings.put("group.id", reader);
        return alerts(settings);
    }

    private AlertReader alerts(Map<String, String> client) {
        return new AlertReader(
                client,
                topics.alerts().name(),
                ALERTS_PARTITIONS,
                topics.findings().partitions(),
                serdes().values(Alert.class).deserializer());
    }

    /** Reads what was set aside, from the first. Close it when done. */
    public RejectedReader rejected() {
        return new RejectedReader(client(), topics.rejected().name());
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }

    /** The topics as they are: raw has the partitions that it was once created with. */
    private static Topics created(EmbeddedBroker broker, Topics topics) {
        try (var admin = Admin.create(client(broker))) {
            var topicAdmin = new TopicAdmin(admin);
            topicAdmin.create(topics.all(), Optional.empty());
            String raw = topics.raw().name();
            return topics.withPartitions(
                    Map.of("raw", topicAdmin.partitions(List.of(raw)).get(raw)));
        }
    }

    private static Map<String, Object> client(EmbeddedBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private SchemaSerdes serdes() {
        return new SchemaSerdes(schema());
    }
}
