package io.flowwarden.connect.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.sink.Alerts;
import io.flowwarden.sink.HttpPeer;
import io.flowwarden.sink.SinkKind;
import io.flowwarden.sink.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlertTaskTest {
    private static final String TOPIC = "flowwarden.alerts";

    @TempDir Path folder;
    private final TestClock clock = new TestClock();
    private final HttpPeer peer = new HttpPeer();
    private final SinkWorker worker = new SinkWorker();
    private final AlertTask task = new AlertTask(clock);
    private InProcessRegistry registry;
    private Serializer<Alert> serializer;
    private long offset;

    @BeforeEach
    void startRegistry() throws IOException {
        registry = InProcessRegistry.start(0, folder.resolve("schemas.json"));
        serializer =
                new SchemaSerdes(
                                Map.of(
                                        "schema.registry.url",
                                        registry.url(),
                                        "auto.register.schemas",
                                        "true"))
                        .values(Alert.class)
                        .serializer();
    }

    @AfterEach
    void stop() {
        task.stop();
        registry.close();
        peer.close();
    }

    private void start(SinkKind kind) {
        task.initialize(worker);
        task.start(
                Map.of(
                        "schema.registry.url",
                        registry.url(),
                        "url",
                        peer.url(),
                        "urls",
                        peer.url(),
                        AlertTask.KIND,
                        kind.name()));
        task.open(List.of(new TopicPartition(TOPIC, 0)));
    }

    private SinkRecord record(Object value) {
        return new SinkRecord(
                TOPIC,
                0,
                Schema.BYTES_SCHEMA,
                new byte[0],
                Schema.BYTES_SCHEMA,
                value,
                offset++,
                clock.millis(),
                TimestampType.CREATE_TIME);
    }

    private SinkRecord record(Alert alert) {
        return record((Object) serializer.serialize(TOPIC, alert));
    }

    private List<String> told() {
        var told = new ArrayList<String>();
        peer.taken()
                .forEach(
                        body ->
                                told.add(
                                        body.path("id").asText()
                                                + " "
                                                + body.path("state").asText()));
        return told;
    }

    @Test
    void alertsAreToldAndTombstonesSayNothing() {
        start(SinkKind.WEBHOOK);
        task.put(
                List.of(
                        record(Alerts.open("a")),
                        record((Object) null),
                        record(Alerts.resolved("a"))));
        assertEquals(List.of("a OPEN", "a RESOLVED"), told());
        assertEquals(List.of(), worker.dead);
        assertEquals(2, worker.metric("alert-records-done-total"));
        assertEquals(Map.of(), worker.rewound);
    }

    @Test
    void inAnOutageTheSameRecordsComeAgainAndNoneIsToldTwice() {
        start(SinkKind.WEBHOOK);
        peer.answers(503);
        var batch = List.of(record(Alerts.open("a")), record(Alerts.open("b")));
        assertThrows(RetriableException.class, () -> task.put(batch));
        assertEquals(1_000, worker.timeout);
        assertThrows(RetriableException.class, () -> task.put(batch));
        assertEquals(2_000, worker.timeout);
        assertEquals(1, worker.metric("receiver-failing"));
        peer.answers(200);
        task.put(batch);
        task.put(batch);
        assertEquals(List.of("a OPEN", "b OPEN"), told());
        assertEquals(0, worker.metric("receiver-failing"));
    }

    @Test
    void whatIsNoAlertAndWhatIsRefusedAreDeadLetters() {
        start(SinkKind.WEBHOOK);
        SinkRecord garbage = record(new byte[] {1, 2, 3});
        SinkRecord text = record("{}");
        task.put(List.of(garbage, text, record(Alerts.open("a"))));
        assertEquals(List.of("a OPEN"), told());
        assertEquals(List.of(garbage, text), worker.dead);
        peer.answers(400);
        SinkRecord refused = record(Alerts.open("b"));
        task.put(List.of(refused));
        assertEquals(List.of(garbage, text, refused), worker.dead);
        assertEquals(1, worker.metric("alert-records-refused-total"));
    }

    @Test
    void outageWithoutEndMakesDeadLetters() {
        start(SinkKind.WEBHOOK);
        peer.answers(503);
        var batch = List.of(record(Alerts.open("a")));
        assertThrows(RetriableException.class, () -> task.put(batch));
        clock.advance(Duration.ofHours(1));
        task.put(batch);
        assertEquals(batch, worker.dead);
    }

    @Test
    void outageOfTheRegistryIsNoFaultOfTheRecord() throws IOException {
        start(SinkKind.WEBHOOK);
        var batch = List.of(record(Alerts.open("a")));
        registry.close();
        assertThrows(RetriableException.class, () -> task.put(batch));
        assertEquals(List.of(), worker.dead);
    }

    @Test
    void alertmanagerReadsAllAgainAndLearnsWhatIsOlderThanTheTask() {
        var old =
                List.of(
                        record(Alerts.open("ended")),
                        record(Alerts.open("fires")),
                        record(Alerts.resolved("ended")));
        clock.advance(Duration.ofMinutes(1));
        start(SinkKind.ALERTMANAGER);
        assertEquals(Map.of(new TopicPartition(TOPIC, 0), 0L), worker.rewound);
        task.put(old);
        assertEquals(List.of(), peer.taken());
        assertEquals(5_000, worker.timeout);
        clock.advance(Duration.ofSeconds(5));
        task.put(List.of());
        assertEquals(1, peer.taken().size());
        assertEquals("fires", peer.taken().get(0).at("/0/labels/id").asText());
        assertEquals(1, peer.taken().get(0).size());
        task.put(List.of(record(Alerts.open("new"))));
        assertEquals("new", peer.taken().get(1).at("/0/labels/id").asText());
        clock.advance(Duration.ofMinutes(1));
        task.put(List.of());
        assertEquals(2, peer.taken().get(2).size());
        assertTrue(worker.dead.isEmpty());
    }
}
