package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.flowwarden.schemas.registry.Compatibility;
import io.flowwarden.schemas.registry.RegistryClient;
import io.flowwarden.schemas.registry.RegistryConfig;
import io.flowwarden.testkit.Apicurio;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a registry of somebody else, whose own level is NONE. */
final class SchemasRegisterIT {
    @TempDir Path folder;

    @Test
    void registryThatAsksForNoCompatibilityGetsItForEachSubject() throws Exception {
        try (var server = Apicurio.start()) {
            Files.writeString(
                    folder.resolve("flowwarden.yaml"),
                    """
                    kafka.bootstrap.servers: 127.0.0.1:1
                    schema.registry.url: %s
                    topics.prefix: it.
                    """
                            .formatted(server.url()));
            var client =
                    new RegistryClient(
                            new RegistryConfig(Map.of("schema.registry.url", server.url())));
            assertEquals(Compatibility.NONE, client.compatibility());

            var first = register();
            assertEquals(0, first.status(), first.err());
            var subjects = client.subjects();
            assertFalse(subjects.isEmpty());
            for (String subject : subjects) {
                assertEquals(Compatibility.BACKWARD, client.compatibility(subject), subject);
            }
            assertEquals(subjects.size(), first.lines().size(), first.out());

            assertEquals(first.out(), register().out(), "what is there stays as it is");
        }
    }

    private Flowwarden.Ran register() throws Exception {
        return Flowwarden.run(folder, "schemas", "register", "--config", "flowwarden.yaml");
    }
}
