package io.flowwarden.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.embedded.EmbeddedBroker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicAdminIT {
    @Test
    void createsWhatIsMissingAndSaysWhatDiffers() throws Exception {
        Topics topics = Topics.under("t.");
        try (var broker = EmbeddedBroker.start();
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // Somebody made one by hand before.
            admin.createTopics(List.of(new NewTopic("t.flows", 2, (short) 1))).all().get();
            var topicAdmin = new TopicAdmin(admin);
            assertFalse(topicAdmin.describe(topics.all()).get(0).exists());

            var created = topicAdmin.create(topics.all(), Optional.empty());

            assertEquals(
                    List.of(
                            "raw",
                            "findings",
                            "actions",
                            "alerts",
                            "rejected",
                            "catalog",
                            "estate"),
                    created.stream().map(Topic::kind).toList());
            var states = topicAdmin.describe(topics.all());
            assertEquals(12, states.get(0).partitions());
            assertEquals(List.of(), states.get(0).differences());
            assertEquals(2, states.get(1).partitions(), "what was there stays as it was");
            assertTrue(topicAdmin.create(topics.all(), Optional.empty()).isEmpty());
            assertEquals(Map.of("t.raw", 12), topicAdmin.partitions(List.of("t.raw", "t.nowhere")));
        }
    }
}
