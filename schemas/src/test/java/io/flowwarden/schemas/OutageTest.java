package io.flowwarden.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.schemas.registry.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise: a registry that is away stops nothing that runs, and with a learned file nothing that
 * starts again.
 */
class OutageTest {
    @TempDir private Path folder;

    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void whatRunsGoesOn() {
        SchemaSerdes serdes = new SchemaSerdes(settings(""));
        Serde<PortRule> serde = serdes.values(PortRule.class);
        RecordEncoder<Flow> encoder = serdes.encoder("flows-in", Flow.class);
        byte[] data = serde.serializer().serialize("catalog", Samples.rule());
        registry.close();
        assertArrayEquals(data, serde.serializer().serialize("catalog", Samples.rule()));
        // Never decoded before: the id is known from writing.
        assertEquals(Samples.rule(), serde.deserializer().deserialize("catalog", data));
        assertEquals(
                Samples.flow(),
                serdes.values(Flow.class)
                        .deserializer()
                        .deserialize("flows-in", encoder.encode(Samples.flow())));
    }

    @Test
    void restartDuringAnOutageLivesOnWhatWasLearned() {
        String file = folder.resolve("state/schemas.jsonl").toString();
        byte[] data = write(new SchemaSerdes(settings(file)));
        registry.close();
        SchemaSerdes restarted = new SchemaSerdes(settings(file));
        assertEquals(
                Samples.rule(),
                restarted.values(PortRule.class).deserializer().deserialize("catalog", data));
        assertArrayEquals(
                data, restarted.encoder("catalog", PortRule.class).encode(Samples.rule()));
    }

    @Test
    void readerLearnsToo() {
        byte[] data = write(new SchemaSerdes(settings("")));
        String file = folder.resolve("reader.jsonl").toString();
        read(new SchemaSerdes(settings(file)), data);
        registry.close();
        assertEquals(Samples.rule(), read(new SchemaSerdes(settings(file)), data));
    }

    @Test
    void withoutItTheStartFailsAndNothingIsGuessed() {
        byte[] data = write(new SchemaSerdes(settings("")));
        registry.close();
        SchemaSerdes restarted =
                new SchemaSerdes(settings(folder.resolve("none.jsonl").toString()));
        for (var start :
                new org.junit.jupiter.api.function.Executable[] {
                    () -> read(restarted, data), () -> restarted.encoder("catalog", PortRule.class)
                }) {
            var e = assertThrows(RegistryException.class, start);
            assertTrue(e.outage(), e.getMessage());
        }
    }

    @Test
    void outageIsToldApartFromBadData() {
        SchemaSerdes serdes = new SchemaSerdes(settings(""));
        byte[] data = write(serdes);
        data[4] = 99;
        var unknown = assertThrows(RegistryException.class, () -> read(serdes, data));
        assertEquals(40403, unknown.errorCode());
        assertTrue(!unknown.outage());
        var foreign =
                assertThrows(
                        SerializationException.class, () -> read(serdes, new byte[] {'{', '}'}));
        assertTrue(!(foreign instanceof RegistryException));
    }

    @Test
    void learnedLinesOfAnotherRegistryMeanNothing() throws IOException {
        Path file = folder.resolve("schemas.jsonl");
        byte[] data = write(new SchemaSerdes(settings(file.toString())));
        registry.close();
        Files.writeString(
                file, Files.readString(file).replace(registry.url(), "http://elsewhere:8081"));
        assertThrows(
                RegistryException.class,
                () -> read(new SchemaSerdes(settings(file.toString())), data));
    }

    @Test
    void lineCutByACrashCostsNoOther() throws IOException {
        Path file = folder.resolve("schemas.jsonl");
        byte[] data = write(new SchemaSerdes(settings(file.toString())));
        Files.writeString(file, "{\"answer\": \"\u00e9", StandardOpenOption.APPEND);
        SchemaSerdes next = new SchemaSerdes(settings(file.toString()));
        byte[] flow = next.encoder("flows-in", Flow.class).encode(Samples.flow());
        registry.close();
        SchemaSerdes restarted = new SchemaSerdes(settings(file.toString()));
        assertEquals(Samples.rule(), read(restarted, data));
        assertEquals(
                Samples.flow(),
                restarted.values(Flow.class).deserializer().deserialize("flows-in", flow));
    }

    @Test
    void fileGrowsOnlyWithWhatIsNewAndHoldsNoSecret() throws IOException {
        Path file = folder.resolve("schemas.jsonl");
        Map<String, Object> settings = settings(file.toString());
        URI url = URI.create(registry.url());
        settings.put("schema.registry.url", "http://al:hunter2@" + url.getAuthority());
        write(new SchemaSerdes(settings));
        long size = Files.size(file);
        assertTrue(!Files.readString(file).contains("hunter2"));
        write(new SchemaSerdes(settings));
        assertEquals(size, Files.size(file));
    }

    private static byte[] write(SchemaSerdes serdes) {
        return serdes.values(PortRule.class).serializer().serialize("catalog", Samples.rule());
    }

    private static PortRule read(SchemaSerdes serdes, byte[] data) {
        return serdes.values(PortRule.class).deserializer().deserialize("catalog", data);
    }

    private Map<String, Object> settings(String learned) {
        return new HashMap<>(
                Map.of(
                        "schema.registry.url",
                        registry.url(),
                        "auto.register.schemas",
                        "true",
                        "schema.learned.file",
                        learned,
                        "max.retries",
                        1,
                        "retries.wait.ms",
                        1));
    }
}
