package io.flowwarden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.alert.AlertSettings;
import io.flowwarden.books.AccountName;
import io.flowwarden.books.Ledger;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.catalog.Revision;
import io.flowwarden.config.Config;
import io.flowwarden.embedded.TemporaryFolder;
import io.flowwarden.judge.CurrentKnowledge;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.judge.Inputs;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.revision.RevisionRecord;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.AvroSerializer;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.topics.Topics;
import io.flowwarden.witness.WitnessLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology under the test driver. */
final class TopologyScene implements AutoCloseable {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    /** The driver has one partition of everything. */
    private final Topics topics =
            Topics.under(Topics.DEFAULT_PREFIX).withPartitions(Map.of("findings", 1));

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final Map<String, String> schema =
            Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "true");
    private final SchemaSerdes serdes = new SchemaSerdes(schema);
    private final Ledger ledger = new Ledger(new SimpleMeterRegistry());
    private final Path state = Files.createTempDirectory("flowwarden-scene-");
    private final Topology topology;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> raw;
    private final TestInputTopic<String, byte[]> catalog;
    private final TestInputTopic<String, byte[]> estate;
    private final TestOutputTopic<byte[], byte[]> flows;
    private final TestOutputTopic<byte[], byte[]> rejected;
    private final TestOutputTopic<byte[], byte[]> alerts;

    TopologyScene(FlowsWanted wanted, int rawPartitions) throws IOException {
        topology =
                new FlowTopology(
                                topics,
                                new Inputs(
                                        List.of(
                                                new Inputs.Input(
                                                        topics.raw().name(), null, rawPartitions))),
                                wanted,
                                serdes,
                                new CurrentKnowledge(new SimpleMeterRegistry()),
                                ledger,
                                WitnessLimits.DEFAULTS,
                                AlertSettings.DEFAULTS)
                        .build();
        var config = Config.of(Map.of("bootstrap.servers", "unused:1"), schema, state);
        driver = new TopologyTestDriver(topology, StreamsSettings.of(config, "scene"), START);
        var bytesIn = new ByteArraySerializer();
        var bytesOut = new ByteArrayDeserializer();
        raw = driver.createInputTopic(topics.raw().name(), bytesIn, bytesIn);
        catalog = driver.createInputTopic(topics.catalog().name(), new StringSerializer(), bytesIn);
        estate = driver.createInputTopic(topics.estate().name(), new StringSerializer(), bytesIn);
        flows = driver.createOutputTopic(topics.flows().name(), bytesOut, bytesOut);
        rejected = driver.createOutputTopic(topics.rejected().name(), bytesOut, bytesOut);
        alerts = driver.createOutputTopic(topics.alerts().name(), bytesOut, bytesOut);
    }

    void publish(List<EstateEntry> entries) {
        List<PortRule> rules = Catalog.bundled().rules();
        for (PortRule rule : rules) {
            catalog.pipeInput(
                    rule.getId(),
                    serdes.values(PortRule.class)
                            .serializer()
                            .serialize(topics.catalog().name(), rule));
        }
        state(catalog, Revision.of(rules));
        publishEstate(entries, true);
    }

    /** With its revision record, or without. Entries published before stay: give more each time. */
    void publishEstate(List<EstateEntry> entries, boolean complete) {
        for (EstateEntry entry : entries) {
            estate.pipeInput(
                    entry.getKind() + "/" + entry.getName(),
                    serdes.values(EstateEntry.class)
                            .serializer()
                            .serialize(topics.estate().name(), entry));
        }
        if (complete) {
            state(estate, Revision.of(entries));
        }
    }

    private static void state(TestInputTopic<String, byte[]> topic, Revision revision) {
        topic.pipeInput(
                new TestRecord<>(
                        RevisionRecord.KEY,
                        RevisionRecord.value(),
                        new RecordHeaders(RevisionRecord.headers(revision))));
    }

    void pipe(RawRecord record) {
        pipe(record, START);
    }

    void pipe(RawRecord record, Instant timestamp) {
        pipeRecord(
                new TestRecord<>(
                        record.source().getBytes(UTF_8),
                        record.value(),
                        new RecordHeaders(RawHeaders.write(record)),
                        timestamp));
    }

    /** A value as another collector writes it to {@code flows-in}. */
    byte[] written(IndexedRecord flow) {
        try (var serializer = new AvroSerializer<IndexedRecord>()) {
            serializer.configure(schema, false);
            return serializer.serialize(topics.flowsIn().name(), flow);
        }
    }

    void registryGoesAway() {
        registry.close();
    }

    void pipeRecord(TestRecord<byte[], byte[]> record) {
        raw.pipeInput(record);
    }

    /** Flows since the last call. */
    List<JudgedFlow> flows() {
        return flowRecords().stream()
                .filter(record -> record.value() != null)
                .map(
                        record ->
                                serdes.values(JudgedFlow.class)
                                        .deserializer()
                                        .deserialize(topics.flows().name(), record.value()))
                .toList();
    }

    /** Changes of alerts since the last call. */
    List<Alert> alerts() {
        var values = serdes.values(Alert.class).deserializer();
        return alerts.readValuesToList().stream()
                .map(value -> values.deserialize(topics.alerts().name(), value))
                .toList();
    }

    List<TestRecord<byte[], byte[]>> flowRecords() {
        return flows.readRecordsToList();
    }

    List<TestRecord<byte[], byte[]>> rejected() {
        return rejected.readRecordsToList();
    }

    Ledger ledger() {
        return ledger;
    }

    long sum(String counted) {
        return ledger.sum(AccountName.of(counted));
    }

    /** The identities of the books. */
    void assertBalanced() {
        assertEquals(
                sum("raw"),
                sum("decoded")
                        + labelled("rejected")
                        + sum("ticks")
                        + sum("repeats")
                        + sum("misplaced"),
                () -> ledger.sums().toString());
        assertEquals(sum("flows"), sum("judged"));
        assertEquals(sum("judged"), labelled("verdicts"));
        assertEquals(sum("judged"), labelled("outcomes"));
    }

    private long labelled(String counted) {
        return ledger.sums().entrySet().stream()
                .filter(entry -> entry.getKey().counted().equals(counted))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void close() {
        driver.close();
        registry.close();
        TemporaryFolder.delete(state);
    }
}
