package io.flowwarden.embedded;

import io.flowwarden.FlowApp;
import io.flowwarden.books.AccountName;
import io.flowwarden.config.Config;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/**
 * The whole product in this process: broker, schema registry, topics, catalog and estate, and the
 * topology that also runs on a cluster.
 *
 * <pre>{@code
 * try (var flowwarden = EmbeddedFlowwarden.start(setup);
 *         var raw = flowwarden.rawWriter();
 *         var flows = flowwarden.flows()) {
 *     reader.read(input, raw); // ends in a final tick
 *     while (!flows.isFinished()) {
 *         flows.poll(Duration.ofMillis(100)).forEach(this::print);
 *     }
 * }
 * }</pre>
 */
public final class EmbeddedFlowwarden implements AutoCloseable {
    private static final int FLOWS_PARTITIONS = 1;

    private final EmbeddedSetup setup;
    private final Topics topics;
    private final Path data;
    private final EmbeddedBroker broker;
    private final InProcessRegistry registry;
    private FlowApp app;

    private EmbeddedFlowwarden(
            EmbeddedSetup setup,
            Topics topics,
            Path data,
            EmbeddedBroker broker,
            InProcessRegistry registry) {
        this.setup = setup;
        this.topics = topics;
        this.data = data;
        this.broker = broker;
        this.registry = registry;
    }

    /** Starts everything; when it returns, what is written is judged. */
    public static EmbeddedFlowwarden start(EmbeddedSetup setup) throws IOException {
        var topics =
                Topics.under(Topics.DEFAULT_PREFIX)
                        .withPartitions(
                                Map.of(
                                        "raw",
                                        setup.rawPartitions(),
                                        "flows",
                                        FLOWS_PARTITIONS,
                                        "rejected",
                                        1));
        Path data =
                setup.data() == null
                        ? Files.createTempDirectory("flowwarden-")
                        : Files.createDirectories(setup.data());
        var broker = EmbeddedBroker.start(data.resolve("broker"), 0);
        InProcessRegistry registry;
        try {
            registry = InProcessRegistry.start(0, data.resolve("schemas.json"));
        } catch (IOException | RuntimeException failed) {
            broker.close();
            throw failed;
        }
        var flowwarden = new EmbeddedFlowwarden(setup, topics, data, broker, registry);
        try {
            flowwarden.createTopics();
            flowwarden.publish();
            flowwarden.startApp();
            return flowwarden;
        } catch (RuntimeException failed) {
            flowwarden.close();
            throw failed;
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    public Topics topics() {
        return topics;
    }

    /** Writes raw records and ticks. Close it when done. */
    public RawWriter rawWriter() {
        return new RawWriter(client(), topics.raw().name(), setup.rawPartitions());
    }

    /** Reads the judged flows from the first. Close it when done. */
    public FlowReader flows() {
        return new FlowReader(
                client(),
                topics.flows().name(),
                FLOWS_PARTITIONS,
                setup.rawPartitions(),
                serdes().values(JudgedFlow.class).deserializer());
    }

    /** Reads what was set aside, from the first. Close it when done. */
    public RejectedReader rejected() {
        return new RejectedReader(client(), topics.rejected().name());
    }

    /** Sums of the books, by account. */
    public SortedMap<AccountName, Long> books() {
        return app.ledger().sums();
    }

    /** Whether it judges. */
    public boolean isReady() {
        return app.isReady();
    }

    public boolean isLive() {
        return app.isLive();
    }

    @Override
    public void close() {
        if (app != null) {
            app.close();
        }
        registry.close();
        broker.close();
        if (setup.data() == null) {
            TemporaryFolder.delete(data);
        }
    }

    private void createTopics() {
        try (var admin = Admin.create(new HashMap<String, Object>(client()))) {
            new TopicAdmin(admin).create(topics.all(), Optional.empty());
        }
    }

    private void publish() {
        var rules = new TreeMap<String, PortRule>();
        setup.rules().forEach(rule -> rules.put(rule.getId(), rule));
        new Publisher<>(client(), topics.catalog().name(), serdes().values(PortRule.class))
                .publish(rules);
        var entries = new TreeMap<String, EstateEntry>();
        setup.estate()
                .forEach(entry -> entries.put(entry.getKind() + "/" + entry.getName(), entry));
        if (!entries.isEmpty() || setup.data() != null) {
            new Publisher<>(client(), topics.estate().name(), serdes().values(EstateEntry.class))
                    .publish(entries);
        }
    }

    private void startApp() {
        var kafka = new HashMap<String, String>();
        // One instance has nobody to stand by for.
        kafka.put("num.standby.replicas", "0");
        kafka.putAll(setup.kafka());
        kafka.putAll(client());
        var config = Config.of(kafka, schema(), data.resolve("state")).withFlows(setup.wanted());
        app =
                new FlowApp(
                        config,
                        Map.of(topics.raw().name(), setup.rawPartitions()),
                        setup.meters(),
                        InstantSource.system());
        app.start();
    }

    private SchemaSerdes serdes() {
        return new SchemaSerdes(schema());
    }

    private Map<String, String> schema() {
        return Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "true");
    }

    private Map<String, String> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
