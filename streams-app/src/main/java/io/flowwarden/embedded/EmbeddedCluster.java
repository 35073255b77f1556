package io.flowwarden.embedded;

import io.flowwarden.config.Config;
import io.flowwarden.estate.Estate;
import io.flowwarden.live.RawWriter;
import io.flowwarden.revision.Publisher;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.topics.TopicAdmin;
import io.flowwarden.topics.Topics;
import java.io.IOException;
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

    private final Topics topics;
    private final EmbeddedBroker broker;
    private final InProcessRegistry registry;

    private EmbeddedCluster(Topics topics, EmbeddedBroker broker, InProcessRegistry registry) {
        this.topics = topics;
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * Starts on what the folder holds, or empty.
     *
     * @param data folder, created if missing; stays
     * @param rawPartitions of the raw topic, if it is new
     */
    public static EmbeddedCluster start(Path data, int rawPartitions) throws IOException {
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
                                            "rejected",
                                            1));
            var cluster = new EmbeddedCluster(topics, broker, registry);
            cluster.createTopics();
            return cluster;
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
        var settings = new HashMap<String, String>();
        // One instance has nobody to stand by for.
        settings.put("num.standby.replicas", "0");
        settings.putAll(kafka);
        settings.putAll(client());
        return Config.of(settings, schema(), stateDir);
    }

    /** How many partitions each input has, by topic. */
    public Map<String, Integer> inputPartitions() {
        return Map.of(topics.raw().name(), topics.raw().partitions());
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
        return new FlowReader(
                client(),
                topics.flows().name(),
                FLOWS_PARTITIONS,
                topics.raw().partitions(),
                serdes().values(JudgedFlow.class).deserializer());
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

    private void createTopics() {
        try (var admin = Admin.create(new HashMap<String, Object>(client()))) {
            new TopicAdmin(admin).create(topics.all(), Optional.empty());
        }
    }

    private SchemaSerdes serdes() {
        return new SchemaSerdes(schema());
    }
}
