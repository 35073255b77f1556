package io.flowwarden.revision;

import static io.flowwarden.revision.RevisionProcessorTest.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.catalog.Revision;
import io.flowwarden.embedded.EmbeddedBroker;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.topics.TopicAdmin;
import io.flowwarden.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class PublisherIT {
    @Test
    void publishesOnlyWhatDiffers() throws Exception {
        Topics topics = Topics.under("t.");
        try (var broker = EmbeddedBroker.start();
                var registry = InProcessRegistry.start()) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (var admin = Admin.create(client)) {
                new TopicAdmin(admin).create(topics.all(), Optional.empty());
            }
            var publisher =
                    new Publisher<>(
                            client,
                            topics.catalog().name(),
                            new SchemaSerdes(
                                            Map.of(
                                                    "schema.registry.url",
                                                    registry.url(),
                                                    "auto.register.schemas",
                                                    true))
                                    .values(PortRule.class));
            var first = Map.of("a", rule("a", 1), "b", rule("b", 2), "c", rule("c", 3));
            assertEquals(
                    new Publication(
                            Revision.of(first.values()),
                            List.of("a", "b", "c"),
                            List.of(),
                            List.of(),
                            0),
                    publisher.publish(first));

            var second = Map.of("a", rule("a", 1), "b", rule("b", 22), "d", rule("d", 4));
            var change =
                    new Publication(
                            Revision.of(second.values()),
                            List.of("d"),
                            List.of("b"),
                            List.of("c"),
                            1);
            assertEquals(change, publisher.compare(second));
            assertEquals(change, publisher.publish(second));
            assertEquals(
                    new Publication(
                            Revision.of(second.values()), List.of(), List.of(), List.of(), 3),
                    publisher.compare(second));
            assertEquals(List.of("a", "b", "d"), publisher.compare(Map.of()).gone());
        }
    }
}
