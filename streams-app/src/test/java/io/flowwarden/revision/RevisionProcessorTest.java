package io.flowwarden.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Revision;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.InProcessRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevisionProcessorTest {
    private final List<String> accepted = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private InProcessRegistry registry;
    private Serde<PortRule> values;
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> topic;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        values =
                new SchemaSerdes(
                                Map.of(
                                        "schema.registry.url",
                                        registry.url(),
                                        "auto.register.schemas",
                                        true))
                        .values(PortRule.class);
        var topology = new Topology();
        RevisionedTopic.addTo(topology, "catalog", "catalog", values, new Recorder());
        // The driver insists on something to process.
        topology.addSource(
                "raw", Serdes.ByteArray().deserializer(), Serdes.ByteArray().deserializer(), "raw");
        driver = new TopologyTestDriver(topology, new Properties());
        topic =
                driver.createInputTopic(
                        "catalog", new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void nothingCountsBeforeItsRevisionRecord() {
        put(rule("a", 1));
        put(rule("b", 2));
        assertEquals(List.of(), accepted);
        state(Revision.of(List.of(rule("a", 1), rule("b", 2))));
        assertEquals(List.of("a:1 b:2"), accepted);
    }

    @Test
    void aHalfAppliedRevisionLeavesTheLastOneInUse() {
        put(rule("a", 1));
        state(Revision.of(List.of(rule("a", 1))));
        put(rule("b", 2));
        state(Revision.of(List.of(rule("a", 1), rule("b", 2), rule("c", 3))));
        assertEquals(List.of("a:1"), accepted);
        assertEquals(1, refused.size());
        put(rule("c", 3));
        state(Revision.of(List.of(rule("a", 1), rule("b", 2), rule("c", 3))));
        assertEquals(List.of("a:1", "a:1 b:2 c:3"), accepted);
    }

    @Test
    void sameCountWithOtherContentIsNotTheRevision() {
        put(rule("a", 1));
        state(Revision.of(List.of(rule("a", 2))));
        assertEquals(List.of(), accepted);
    }

    @Test
    void tombstonesRemove() {
        put(rule("a", 1));
        put(rule("b", 2));
        topic.pipeInput("a", null);
        state(Revision.of(List.of(rule("b", 2))));
        assertEquals(List.of("b:2"), accepted);
    }

    @Test
    void poisonIsRefusedAndReplacedByALaterRecord() {
        topic.pipeInput(null, new byte[] {1});
        topic.pipeInput(RevisionRecord.KEY, new byte[] {1});
        topic.pipeInput("a", new byte[] {9, 9, 9});
        state(Revision.of(List.of(rule("a", 1))));
        assertEquals(3, refused.size());
        assertEquals(List.of(), accepted);
        put(rule("a", 1));
        state(Revision.of(List.of(rule("a", 1))));
        assertEquals(List.of("a:1"), accepted);
    }

    @Test
    void whoeverCannotUseARevisionKeepsTheOldOne() {
        put(rule("bad", 1));
        state(Revision.of(List.of(rule("bad", 1))));
        assertTrue(accepted.isEmpty());
        assertEquals(1, refused.size());
    }

    private void put(PortRule rule) {
        topic.pipeInput(rule.getId(), values.serializer().serialize("catalog", rule));
    }

    private void state(Revision revision) {
        topic.pipeInput(
                new TestRecord<>(
                        RevisionRecord.KEY,
                        RevisionRecord.value(),
                        new RecordHeaders(RevisionRecord.headers(revision))));
    }

    static PortRule rule(String id, int port) {
        return PortRule.newBuilder()
                .setId(id)
                .setProduct("p")
                .setTransport("tcp")
                .setPortFrom(port)
                .setPortTo(port)
                .setCategory("other")
                .build();
    }

    private final class Recorder implements Revised<PortRule> {
        @Override
        public void accept(Map<String, PortRule> entries, Revision revision) {
            if (entries.containsKey("bad")) {
                throw new IllegalArgumentException("cannot be compiled");
            }
            accepted.add(
                    String.join(
                            " ",
                            entries.values().stream()
                                    .map(rule -> rule.getId() + ":" + rule.getPortFrom())
                                    .toList()));
        }

        @Override
        public void refuse(String reason) {
            refused.add(reason);
        }
    }
}
