package io.flowwarden.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.cli.Running;
import io.flowwarden.embedded.AlertReader;
import io.flowwarden.embedded.EmbeddedBroker;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.live.RawWriter;
import io.flowwarden.revision.Publisher;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.testkit.Await;
import io.flowwarden.topics.Topic;
import io.flowwarden.topics.TopicAdmin;
import io.flowwarden.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A broker, a raw topic, and applications of one or more instances that judge it. */
final class Stage implements AutoCloseable {
    private static final int RAW_PARTITIONS = 3;
    private static final int FINDINGS_PARTITIONS = 2;
    private static final Topic RAW =
            new Topic("raw", "raw-of-all", RAW_PARTITIONS, Map.of("cleanup.policy", "delete"));

    private final Path folder;
    private final EmbeddedBroker broker = EmbeddedBroker.start();
    private final InProcessRegistry registry = InProcessRegistry.start();
    private final Admin admin = Admin.create(client());
    private final SchemaSerdes serdes =
            new SchemaSerdes(
                    Map.of("schema.registry.url", registry.url(), "auto.register.schemas", true));

    Stage(Path folder) throws IOException {
        this.folder = folder;
        new TopicAdmin(admin).create(List.of(RAW), Optional.empty());
    }

    RawWriter raw() {
        return new RawWriter(client(), RAW.name(), RAW_PARTITIONS);
    }

    /** Topics, catalog and estate of an application. */
    void prepare(String app, String estate) {
        var topics =
                Topics.under(app + ".")
                        .withPartitions(
                                Map.of(
                                        "flows",
                                        1,
                                        "findings",
                                        FINDINGS_PARTITIONS,
                                        "actions",
                                        FINDINGS_PARTITIONS,
                                        "alerts",
                                        1,
                                        "rejected",
                                        1));
        new TopicAdmin(admin)
                .create(
                        List.of(
                                topics.flows(),
                                topics.findings(),
                                topics.actions(),
                                topics.alerts(),
                                topics.rejected(),
                                topics.catalog(),
                                topics.estate()),
                        Optional.empty());
        var rules = new TreeMap<String, PortRule>();
        Catalog.bundled().rules().forEach(rule -> rules.put(rule.getId(), rule));
        new Publisher<>(client(), topics.catalog().name(), serdes.values(PortRule.class))
                .publish(rules);
        new Publisher<>(client(), topics.estate().name(), serdes.values(EstateEntry.class))
                .publish(
                        EstateFile.parse("estate.yaml", estate.getBytes(UTF_8), Catalog.bundled())
                                .byKey());
    }

    /** Starts an instance, or starts it again: it has a folder and an identity of its own. */
    Running run(String app, String instance) throws IOException {
        Path config = folder.resolve(app + "-" + instance + ".yaml");
        Files.writeString(
                config,
                """
                kafka:
                  bootstrap.servers: %s
                  application.id: %s
                  statestore.cache.max.bytes: 1000000
                schema.registry.url: %s
                schema.registry.auto.register.schemas: true
                topics.prefix: %s.
                inputs: [{topic: %s}]
                flows: notable
                state.dir: %s
                http.listen: off
                limits.write-buffer: 256KiB
                """
                        .formatted(
                                broker.bootstrapServers(),
                                app,
                                registry.url(),
                                app,
                                RAW.name(),
                                folder.resolve(app + "-" + instance)));
        return Running.start(folder, "run", "--config", config.toString());
    }

    /** Waits until each of so many instances judges some of the raw topic. */
    void awaitInstances(String app, int instances, Running... running) {
        Await.until(
                instances + " instances at work",
                () -> allAlive(running) && judging(app) == instances,
                () -> List.of(running).stream().map(Running::said).toList());
    }

    private long judging(String app) {
        try {
            return admin
                    .describeConsumerGroups(List.of(app))
                    .all()
                    .get()
                    .get(app)
                    .members()
                    .stream()
                    .filter(
                            member ->
                                    member.assignment().topicPartitions().stream()
                                            .anyMatch(p -> p.topic().equals(RAW.name())))
                    .map(member -> member.groupInstanceId().orElse("").replaceAll("-[0-9]+$", ""))
                    .distinct()
                    .count();
        } catch (ExecutionException notYet) {
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many raw records are there. */
    long written() {
        try {
            long sum = 0;
            for (int i = 0; i < RAW_PARTITIONS; i++) {
                var partition = new TopicPartition(RAW.name(), i);
                sum +=
                        admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                                .partitionResult(partition)
                                .get()
                                .offset();
            }
            return sum;
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many raw records an application has judged for good. */
    long judged(String app) {
        try {
            return admin
                    .listConsumerGroupOffsets(app)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(RAW.name()))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until an application has judged so many raw records. */
    void awaitJudged(String app, long records, Running... running) {
        Await.until(
                records + " records",
                () -> allAlive(running) && judged(app) >= records,
                () ->
                        judged(app)
                                + List.of(running).stream().map(Running::said).toList().toString());
    }

    /** Every change of every alert, by id, once all raw records are judged and settled. */
    TreeMap<String, List<Alert>> alerts(String app, Running... running) {
        var told = new TreeMap<String, List<Alert>>();
        try (var reader =
                new AlertReader(
                        client(),
                        app + ".alerts",
                        1,
                        FINDINGS_PARTITIONS,
                        serdes.values(Alert.class).deserializer())) {
            Await.until(
                    "the end of alerts",
                    () -> {
                        for (Alert alert : reader.poll(Duration.ofMillis(100))) {
                            told.computeIfAbsent(alert.getId(), id -> new ArrayList<>()).add(alert);
                        }
                        return allAlive(running) && reader.isFinished();
                    },
                    () -> told.size() + " alerts");
        }
        return told;
    }

    private static boolean allAlive(Running... running) {
        for (Running one : running) {
            one.isAlive();
        }
        return true;
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public void close() {
        admin.close();
        registry.close();
        broker.close();
    }
}
