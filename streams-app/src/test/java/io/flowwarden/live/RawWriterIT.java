package io.flowwarden.live;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.flowwarden.bench.Workload;
import io.flowwarden.embedded.EmbeddedBroker;
import io.flowwarden.topics.Topic;
import io.flowwarden.topics.TopicAdmin;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

final class RawWriterIT {
    private static final int PARTITIONS = 12;

    @Test
    void whatComesWhileItsPartitionsAreBeingCreatedIsWritten() throws Exception {
        var workload = new Workload(1, 100, 24);
        try (var broker = EmbeddedBroker.start()) {
            Map<String, String> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (var admin = Admin.create(new HashMap<String, Object>(client))) {
                for (int round = 0; round < 4; round++) {
                    var topic = new Topic("raw", "raw-" + round, PARTITIONS, Map.of());
                    new TopicAdmin(admin).create(List.of(topic), Optional.empty());
                    try (var writer = new RawWriter(client, topic.name(), PARTITIONS)) {
                        for (int i = 0; i < 20_000; i++) {
                            writer.accept(workload.next());
                        }
                        // Far below the two minutes after which the producer gives a batch up.
                        assertTimeoutPreemptively(Duration.ofSeconds(60), writer::flush);
                    }
                }
            }
        }
    }
}
