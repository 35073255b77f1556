package io.flowwarden.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final TopicPartition KEPT = new TopicPartition("kept", 0);

    @Test
    void keepsItsTopicsAcrossRestartsAndCommitsTransactions(@TempDir Path data) throws Exception {
        try (var broker = EmbeddedBroker.start(data, 0)) {
            try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("kept", Optional.of(1), Optional.empty())))
                        .all()
                        .get();
                short version =
                        admin.describeFeatures()
                                .featureMetadata()
                                .get()
                                .finalizedFeatures()
                                .get("transaction.version")
                                .maxVersionLevel();
                assertEquals(2, version, "exactly-once rests on KIP-890");
            }
            produce(broker, "first");
        }
        try (var broker = EmbeddedBroker.start(data, 0)) {
            produce(broker, "second");
            assertEquals(List.of("first", "second"), consume(broker, 2));
        }
    }

    @Test
    void startsInUnderFourSecondsAndLeavesNothingBehind() throws Exception {
        long before = System.nanoTime();
        var broker = EmbeddedBroker.start();
        long took = Duration.ofNanos(System.nanoTime() - before).toMillis();
        Path data = broker.data();
        assertTrue(Files.exists(data));
        broker.close();
        assertFalse(Files.exists(data));
        // Generous, since the machine that tests may be busy: the figure itself is in the README.
        assertTrue(took < 20_000, "took " + took + " ms");
    }

    private static void produce(EmbeddedBroker broker, String value) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "it");
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("kept", value.getBytes(UTF_8)));
            producer.commitTransaction();
        }
    }

    private static List<String> consume(EmbeddedBroker broker, int count) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "isolation.level",
                        "read_committed");
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(KEPT));
            consumer.seekToBeginning(List.of(KEPT));
            var values = new ArrayList<String>();
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> values.add(new String(record.value(), UTF_8)));
            }
            return values;
        }
    }
}
