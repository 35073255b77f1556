package io.flowwarden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.alert.AlertSettings;
import io.flowwarden.bench.Workload;
import io.flowwarden.books.AccountName;
import io.flowwarden.books.Ledger;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.catalog.Revision;
import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.judge.Admission;
import io.flowwarden.judge.CurrentKnowledge;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.judge.Inputs;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.revision.RevisionRecord;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.topics.Topics;
import io.flowwarden.witness.WitnessLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowTopologyTest {
    private static final Instant NOW = Instant.parse("2026-11-20T22:00:00Z");
    private static final Topics TOPICS = Topics.under("test.");

    @TempDir Path state;

    private InProcessRegistry registry;
    private SchemaSerdes serdes;
    private Ledger ledger;
    private TopologyTestDriver driver;
    private Admission admission = Admission.DEFAULTS;
    private TestInputTopic<byte[], byte[]> raw;
    private TestOutputTopic<byte[], byte[]> flows;
    private TestOutputTopic<byte[], byte[]> rejected;

    @BeforeEach
    void startRegistry() throws Exception {
        registry = InProcessRegistry.start();
        serdes =
                new SchemaSerdes(
                        Map.of(
                                "schema.registry.url",
                                registry.url(),
                                "auto.register.schemas",
                                "true"));
    }

    @AfterEach
    void stop() {
        if (driver != null) {
            driver.close();
        }
        registry.close();
    }

    private Topology topology(int partitions) {
        var meters = new SimpleMeterRegistry();
        ledger = new Ledger(meters);
        return new FlowTopology(
                        TOPICS,
                        new Inputs(
                                List.of(new Inputs.Input(TOPICS.raw().name(), null, partitions)),
                                admission),
                        FlowsWanted.ALL,
                        serdes,
                        new CurrentKnowledge(meters),
                        ledger,
                        WitnessLimits.DEFAULTS,
                        AlertSettings.DEFAULTS)
                .build();
    }

    private void start(int partitions, Workload workload) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(topology(partitions), settings, NOW);
        var bytes = new ByteArraySerializer();
        raw = driver.createInputTopic(TOPICS.raw().name(), bytes, bytes);
        var read = new ByteArrayDeserializer();
        flows = driver.createOutputTopic(TOPICS.flows().name(), read, read);
        rejected = driver.createOutputTopic(TOPICS.rejected().name(), read, read);
        publish(
                TOPICS.catalog().name(),
                Catalog.bundled().rules(),
                PortRule::getId,
                serdes.values(PortRule.class).serializer());
        publish(
                TOPICS.estate().name(),
                workload.estate(),
                entry -> entry.getKind() + "/" + entry.getName(),
                serdes.values(EstateEntry.class).serializer());
    }

    private <T extends org.apache.avro.specific.SpecificRecord> void publish(
            String name,
            List<T> entries,
            java.util.function.Function<T, String> key,
            Serializer<T> values) {
        var topic =
                driver.createInputTopic(name, new StringSerializer(), new ByteArraySerializer());
        entries.forEach(entry -> topic.pipeInput(key.apply(entry), values.serialize(name, entry)));
        topic.pipeInput(
                new TestRecord<>(
                        RevisionRecord.KEY,
                        RevisionRecord.value(),
                        new RecordHeaders(RevisionRecord.headers(Revision.of(entries)))));
    }

    private void pipe(RawRecord record) {
        Headers headers = new RecordHeaders(RawHeaders.write(record));
        raw.pipeInput(new TestRecord<>(record.source().getBytes(UTF_8), record.value(), headers));
    }

    private long sum(String account) {
        return ledger.sum(AccountName.of(account));
    }

    private long sum(String account, String label) {
        return ledger.sums().entrySet().stream()
                .filter(e -> e.getKey().counted().equals(account))
                .filter(e -> label.equals(e.getKey().label()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static RawRecord netflow(String source, byte... bytes) {
        return new RawRecord(source, RawFormat.NETFLOW, 1, null, null, null, null, false, bytes);
    }

    private static RawRecord aws(String chunk, String text) {
        return new RawRecord(
                "aws/fl-1",
                RawFormat.AWS,
                1,
                null,
                chunk,
                null,
                "flow.log",
                false,
                text.getBytes(UTF_8));
    }

    private static RawRecord tick(boolean last) {
        return new RawRecord("tick", RawFormat.TICK, 1, null, null, null, null, last, new byte[0]);
    }

    private static final String ROW =
            "2 123456789012 eni-1 10.1.0.4 10.2.0.4 40000 31031 6 10 1000 1780000000 1780000060"
                    + " ACCEPT OK\n";

    @Test
    void theTopologyIsTheOneThatWasReviewed() throws Exception {
        String described = topology(1).describe().toString().replace("\r\n", "\n");
        var fixture = Path.of("src/test/resources/topology/describe.txt");
        if (Boolean.getBoolean("flowwarden.update")) {
            Files.writeString(fixture, described);
        }
        assertEquals(
                Files.readString(fixture),
                described,
                "read the difference; -Dflowwarden.update=true accepts it");
    }

    @Test
    void everyFlowComesOutJudgedAndTheBooksBalance() {
        var workload = new Workload(1, 1_000, 2);
        start(1, workload);
        for (int i = 0; i < 20; i++) {
            pipe(workload.next());
        }
        pipe(netflow("netflow/10.9.9.9/0", (byte) 0, (byte) 9, (byte) 0));
        pipe(netflow("netflow/10.9.9.9/0", (byte) 0, (byte) 99));
        pipe(tick(false));
        pipe(aws("etag:0", ROW));
        pipe(aws("etag:0", ROW));

        List<JudgedFlow> judged = new ArrayList<>();
        var values = serdes.values(JudgedFlow.class).deserializer();
        flows.readRecordsToList()
                .forEach(r -> judged.add(values.deserialize(TOPICS.flows().name(), r.value())));
        assertEquals(20 * Workload.FLOWS + 1, judged.size());
        assertTrue(judged.stream().allMatch(f -> f.getCatalogRevision() != null));
        assertTrue(judged.stream().allMatch(f -> f.getEstateRevision() != null));

        assertEquals(25, sum("raw"));
        assertEquals(21, sum("decoded"));
        assertEquals(2, sum("rejected", "reason"));
        assertEquals(1, sum("ticks"));
        assertEquals(1, sum("repeats"));
        assertEquals(
                sum("raw"),
                sum("decoded")
                        + sum("rejected", "reason")
                        + sum("ticks")
                        + sum("repeats")
                        + sum("misplaced"));
        assertEquals(judged.size(), sum("flows"));
        assertEquals(sum("flows"), sum("judged"));
        assertEquals(sum("judged"), sum("verdicts", "verdict"));
        assertEquals(sum("judged"), sum("outcomes", "outcome"));
        assertEquals(sum("judged"), sum("flows_written"));
    }

    @Test
    void aDamagedRecordIsSetAsideWithItsReasonAndItsOrigin() {
        start(1, new Workload(1, 10, 1));
        pipe(netflow("netflow/10.9.9.9/0", (byte) 0, (byte) 9, (byte) 0));
        var aside = rejected.readRecord();
        assertEquals("netflow/10.9.9.9/0", new String(aside.key(), UTF_8));
        assertEquals("TRUNCATED", header(aside, "fw.reason"));
        assertEquals(TOPICS.raw().name(), header(aside, "fw.topic"));
        assertEquals("0", header(aside, "fw.offset"));
        assertEquals(3, aside.value().length);
        assertTrue(flows.isEmpty());
    }

    @Test
    void aBadRowIsSetAsideAndTheOthersAreJudged() {
        start(1, new Workload(1, 10, 1));
        pipe(
                aws(
                        null,
                        ROW
                                + "2 123456789012 eni-1 10.1.0.4 not-an-address 1 2 6 1 1 1 2 ACCEPT OK\n"
                                + ROW));
        assertEquals(2, flows.readRecordsToList().size());
        var aside = rejected.readRecord();
        assertEquals("BAD_VALUE", header(aside, "fw.reason"));
        assertTrue(header(aside, "fw.detail").contains("line 2"), header(aside, "fw.detail"));
        assertEquals(1, sum("rejected_rows"));
        assertEquals(sum("rows"), sum("flows") + sum("rejected_rows"));
    }

    @Test
    void aSecondComplaintOfTheSameRecordDoesNotCarryItsBytesAgain() {
        start(1, new Workload(1, 10, 1));
        String bad = "2 123456789012 eni-1 10.1.0.4 not-an-address 1 2 6 1 1 1 2 ACCEPT OK\n";
        pipe(aws(null, ROW + bad + bad));
        assertNotNull(rejected.readRecord().value());
        assertNull(rejected.readRecord().value());
        assertTrue(rejected.isEmpty());
    }

    @Test
    void whatDoesNotSayWhatItIsIsSetAside() {
        start(1, new Workload(1, 10, 1));
        raw.pipeInput(new TestRecord<>(null, new byte[] {1}));
        raw.pipeInput(new TestRecord<>("netflow/x/0".getBytes(UTF_8), null));
        assertEquals(2, rejected.readRecordsToList().size());
        assertEquals(2, sum("rejected", "reason"));
    }

    @Test
    void anOversizeRecordIsCutBeforeItIsSetAside() {
        start(1, new Workload(1, 10, 1));
        var big = new byte[200_000];
        big[1] = 77;
        pipe(netflow("netflow/10.9.9.9/0", big));
        assertEquals(64 << 10, rejected.readRecord().value().length);
    }

    @Test
    void aSourceInAForeignPartitionIsCountedAndNotJudged() {
        var workload = new Workload(1, 10, 1);
        start(1_000, workload);
        pipe(workload.next());
        assertEquals(1, sum("misplaced"));
        assertTrue(flows.isEmpty());
        assertEquals("MISPLACED", header(rejected.readRecord(), "fw.reason"));
    }

    @Test
    void theFinalTickComesOutBehindTheLastFlow() {
        var workload = new Workload(1, 10, 1);
        start(1, workload);
        pipe(workload.next());
        pipe(tick(false));
        pipe(tick(true));
        var out = flows.readRecordsToList();
        assertEquals(Workload.FLOWS + 1, out.size());
        var end = out.get(out.size() - 1);
        assertNull(end.value());
        assertEquals("1", header(end, RawHeaders.FINAL));
    }

    @Test
    void outputsCarryProduceTimeWhateverTheFlowsSay() {
        start(1, new Workload(1, 10, 1));
        pipe(aws(null, ROW.replace("1780000000 1780000060", "100000000 100000060")));
        assertEquals(NOW.toEpochMilli(), flows.readRecord().timestamp());
    }

    @Test
    void templatesOutliveTheProcessor() {
        var workload = new Workload(1, 10, 1);
        start(1, workload);
        pipe(workload.next());
        byte[] stored =
                driver.<String, byte[]>getKeyValueStore("judge-store")
                        .get("t/" + workload.next().source());
        assertNotNull(stored);
    }

    /** Heap keeps a copy of what the store has; it must not outlive it. */
    @Test
    void aForgottenSourceHasForgottenItsConversations() {
        admission = new Admission(List.of(), 1, DecodeLimits.DEFAULTS);
        start(1, new Workload(1, 10, 1));
        String opened = "10.1.0.4 10.2.0.4 40000 41000 6 1 60 1780000000 1780000060 2 ACCEPT\n";
        String later = "10.2.0.4 10.1.0.4 41000 40000 6 1 60 1780000001 1780000061 0 ACCEPT\n";
        assertEquals("flags", orientedBy("aws/fl-1", opened));
        assertEquals("memory", orientedBy("aws/fl-1", later));
        assertNotEquals("memory", orientedBy("aws/fl-2", later));
        assertNotEquals("memory", orientedBy("aws/fl-1", later));
        assertEquals(2, sum("sources_forgotten"));
    }

    private String orientedBy(String source, String row) {
        String fields =
                "srcaddr dstaddr srcport dstport protocol packets bytes start end tcp-flags action";
        byte[] bytes = row.getBytes(UTF_8);
        pipe(new RawRecord(source, RawFormat.AWS, 1, null, null, fields, null, false, bytes));
        byte[] value = flows.readRecord().value();
        return serdes.values(JudgedFlow.class)
                .deserializer()
                .deserialize(TOPICS.flows().name(), value)
                .getOrientedBy();
    }

    private static String header(TestRecord<byte[], byte[]> record, String key) {
        return new String(record.headers().lastHeader(key).value(), UTF_8);
    }
}
