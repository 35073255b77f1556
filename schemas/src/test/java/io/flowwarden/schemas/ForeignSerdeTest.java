package io.flowwarden.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A serde by class name, as users bring io.confluent's: here a stub that shows what it was
 * configured with.
 */
class ForeignSerdeTest {
    @TempDir private Path folder;

    public static final class StubSerializer implements Serializer<Object> {
        private String configured;

        @Override
        public void configure(Map<String, ?> settings, boolean key) {
            configured =
                    key
                            + " "
                            + settings.get("schema.registry.url")
                            + " "
                            + settings.get("auto.register.schemas");
        }

        @Override
        public byte[] serialize(String topic, Object record) {
            return (topic + " " + configured).getBytes(StandardCharsets.UTF_8);
        }
    }

    public static final class StubDeserializer implements Deserializer<Object> {
        private String specific;

        @Override
        public void configure(Map<String, ?> settings, boolean key) {
            specific = settings.get("specific.avro.reader").toString();
        }

        @Override
        public Object deserialize(String topic, byte[] data) {
            return PortRule.newBuilder(Samples.rule()).setNote(specific).build();
        }
    }

    public static final class StubSerde extends Serdes.WrapperSerde<Object> {
        public StubSerde() {
            super(new StubSerializer(), new StubDeserializer());
        }
    }

    public static final class NoSerde {}

    private static final class Hidden implements Serializer<Object> {
        @Override
        public byte[] serialize(String topic, Object record) {
            return null;
        }
    }

    @Test
    void serdeOrPairIsUsedWithTheWholeMapAndGivesGeneratedClasses() {
        for (String named :
                List.of(
                        StubSerde.class.getName(),
                        StubSerializer.class.getName() + ", " + StubDeserializer.class.getName(),
                        StubDeserializer.class.getName() + "," + StubSerializer.class.getName())) {
            SchemaSerdes serdes =
                    serdes(Map.of("schema.serde.class", named, "auto.register.schemas", "true"));
            byte[] expected =
                    "catalog false http://127.0.0.1:1 true".getBytes(StandardCharsets.UTF_8);
            Serde<PortRule> values = serdes.values(PortRule.class);
            assertArrayEquals(expected, values.serializer().serialize("catalog", Samples.rule()));
            assertEquals(
                    "true", values.deserializer().deserialize("catalog", new byte[1]).getNote());
            assertArrayEquals(
                    expected, serdes.encoder("catalog", PortRule.class).encode(Samples.rule()));
            byte[] key = serdes.keys(PortRule.class).serializer().serialize("t", Samples.rule());
            assertEquals("t true http://127.0.0.1:1 true", new String(key, StandardCharsets.UTF_8));
        }
    }

    @Test
    void ourOwnSerdeMayBeNamedToo() {
        Serde<PortRule> serde =
                serdes(Map.of("schema.serde.class", AvroSerde.class.getName()))
                        .values(PortRule.class);
        assertEquals(AvroSerde.class, serde.getClass());
    }

    @Test
    void classesAreFoundInAFolderOfJars() throws IOException {
        Path jar = folder.resolve("lib/foreign.jar");
        compileIntoJar("elsewhere.Foreign", jar);
        SchemaSerdes serdes =
                serdes(
                        Map.of(
                                "schema.serde.class",
                                "elsewhere.Foreign",
                                "schema.serde.path",
                                jar.getParent().toString()));
        byte[] data =
                serdes.values(PortRule.class).serializer().serialize("catalog", Samples.rule());
        assertArrayEquals(new byte[] {42}, data);
        refused("elsewhere.Foreign", Map.of("schema.serde.class", "elsewhere.Foreign"));
    }

    @Test
    void wrongNamesAreRefusedWithTheReason() {
        refused(
                "not found on the class path",
                Map.of("schema.serde.class", "io.confluent.Missing"));
        refused(
                "a Serializer and a Deserializer",
                Map.of("schema.serde.class", StubSerializer.class.getName()));
        refused(
                "a Serializer and a Deserializer",
                Map.of("schema.serde.class", NoSerde.class.getName()));
        refused(
                "a Serializer and a Deserializer",
                Map.of(
                        "schema.serde.class",
                        StubSerializer.class.getName() + "," + StubSerializer.class.getName()));
        refused("cannot be created", Map.of("schema.serde.class", Hidden.class.getName()));
        refused(
                "schema.serde.path",
                Map.of("schema.serde.class", "x", "schema.serde.path", folder + "/none"));
    }

    private static void refused(String part, Map<String, Object> settings) {
        var e = assertThrows(ConfigException.class, () -> serdes(settings).values(PortRule.class));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    private static SchemaSerdes serdes(Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("schema.registry.url", "http://127.0.0.1:1");
        return new SchemaSerdes(all);
    }

    private void compileIntoJar(String name, Path jar) throws IOException {
        Path source = folder.resolve("Foreign.java");
        Files.writeString(
                source,
                """
                package elsewhere;

                import org.apache.kafka.common.serialization.*;

                public class Foreign extends Serdes.WrapperSerde<Object> {
                    public Foreign() {
                        super((topic, record) -> new byte[] {42}, (topic, data) -> null);
                    }
                }
                """);
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                folder.toString(),
                                source.toString());
        assertEquals(0, status);
        Files.createDirectories(jar.getParent());
        String path = name.replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry(path));
            Files.copy(folder.resolve(path), out);
        }
    }
}
