package io.flowwarden.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.flowwarden.config.SinkConfig;
import io.flowwarden.embedded.EmbeddedCluster;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.Subject;
import io.flowwarden.sink.SinkKind;
import io.flowwarden.testkit.Await;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sinks of {@code live}, on a real topic. */
final class AlertFeedsIT {
    @TempDir Path folder;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private EmbeddedCluster cluster;
    private KafkaProducer<String, Alert> topic;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        receiver.start();
        cluster = EmbeddedCluster.start(folder, 1);
        topic =
                new KafkaProducer<>(
                        Map.copyOf(cluster.client()),
                        new StringSerializer(),
                        new SchemaSerdes(cluster.schema()).values(Alert.class).serializer());
    }

    @AfterEach
    void stop() {
        topic.close();
        cluster.close();
        receiver.stop(0);
    }

    private AlertFeeds feeds(SinkKind kind) {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
        var sink =
                kind == SinkKind.WEBHOOK
                        ? Map.of(
                                "url",
                                url,
                                "format",
                                "template",
                                "template",
                                "{\"is\": \"${id} ${state}\"}")
                        : Map.of("urls", url);
        return AlertFeeds.start(
                List.of(new SinkConfig(kind, sink)), cluster, meters, InstantSource.system());
    }

    private void publish(String id, String state) {
        topic.send(
                new ProducerRecord<>(
                        cluster.topics().alerts().name(),
                        id,
                        state == null ? null : alert(id, state)));
        topic.flush();
    }

    private static Alert alert(String id, String state) {
        return Alert.newBuilder()
                .setId(id)
                .setKey(id)
                .setFindingKey(id)
                .setClass$("heartbeat")
                .setKind("HEARTBEAT_MISSING")
                .setSeverity("critical")
                .setState(state)
                .setTitle(id)
                .setExplanation(id)
                .setSubject(Subject.newBuilder().build())
                .setOpenedAt(1_000)
                .setWitnesses(List.of())
                .build();
    }

    private void awaitHeard(String... said) {
        var wanted = List.of(said).stream().map(each -> "{\"is\":\"" + each + "\"}").toList();
        Await.until(wanted.toString(), () -> heard.size() >= wanted.size(), () -> heard);
        assertEquals(wanted, heard);
    }

    /** The receiver hears before the feed knows that it did: what is not kept is told again. */
    private void awaitKept(long offset) {
        try (var admin = Admin.create(Map.copyOf(cluster.client()))) {
            Await.until("offset " + offset, () -> kept(admin) >= offset, () -> heard);
        }
    }

    private static long kept(Admin admin) {
        try {
            long sum = 0;
            for (var group : admin.listGroups().all().get()) {
                var offsets =
                        admin.listConsumerGroupOffsets(group.groupId())
                                .partitionsToOffsetAndMetadata()
                                .get();
                sum += offsets.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
            }
            return sum;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private double done() {
        return meters.get("flowwarden.alert.records")
                .tag("result", "done")
                .functionCounter()
                .count();
    }

    @Test
    void restartTellsWhatCameBetweenAndNothingAgain() {
        try (var feeds = feeds(SinkKind.WEBHOOK)) {
            publish("a", "OPEN");
            awaitHeard("a OPEN");
            awaitKept(1);
        }
        publish("b", "OPEN");
        publish("a", "RESOLVED");
        publish("a", null);
        try (var feeds = feeds(SinkKind.WEBHOOK)) {
            awaitHeard("a OPEN", "b OPEN", "a RESOLVED");
            awaitKept(3);
        }
        try (var feeds = feeds(SinkKind.WEBHOOK)) {
            publish("c", "OPEN");
            awaitHeard("a OPEN", "b OPEN", "a RESOLVED", "c OPEN");
        }
    }

    @Test
    void newSinkHearsOfWhatIsOpenNotOfWhatEnded() {
        publish("old", "OPEN");
        publish("still", "OPEN");
        publish("old", "RESOLVED");
        try (var feeds = feeds(SinkKind.WEBHOOK)) {
            awaitHeard("still OPEN");
            publish("new", "OPEN");
            awaitHeard("still OPEN", "new OPEN");
            // The receiver hears before the feed counts.
            Await.until("two records done", () -> done() == 2, () -> done());
        }
    }

    @Test
    void alertmanagerHearsOfOpenAlertsAfterEachRestart() {
        publish("old", "OPEN");
        publish("old", "RESOLVED");
        publish("still", "OPEN");
        for (int start = 0; start < 2; start++) {
            heard.clear();
            try (var feeds = feeds(SinkKind.ALERTMANAGER)) {
                Await.until("the open alert", () -> !heard.isEmpty(), () -> heard);
                assertEquals(1, heard.size());
                String body = heard.get(0);
                assertEquals(
                        List.of(true, false),
                        List.of(body.contains("\"id\":\"still\""), body.contains("\"id\":\"old\"")),
                        body);
            }
        }
    }
}
