package io.flowwarden.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowwarden.schemas.InteropGolden.Client;
import io.flowwarden.schemas.InteropGolden.Sample;
import io.flowwarden.schemas.registry.Compatibility;
import io.flowwarden.testkit.Apicurio;
import io.flowwarden.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The genuine JavaScript clients read what we write and we read what they write, through a real
 * Apicurio server. On demand, since the clients weigh 173 MB: {@code -Dflowwarden.interop=true};
 * with {@code -Dflowwarden.update=true} the goldens are written anew.
 */
@EnabledIfSystemProperty(
        named = "flowwarden.interop",
        matches = "true",
        disabledReason = "on demand: -Dflowwarden.interop=true fetches the clients from npm")
final class JsInteropIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();
    private static final Path RECIPE = Path.of("src/test/resources/interop");
    private static final Path WORK = Path.of("target/interop").toAbsolutePath();

    @Test
    void javaScriptClientsAndWeReadEachOther() throws Exception {
        install();
        try (Apicurio server = Apicurio.start()) {
            var serdes =
                    new SchemaSerdes(
                            Map.of(
                                    "schema.registry.url",
                                    server.url(),
                                    "auto.register.schemas",
                                    "true"));
            ObjectNode ours = JSON.createObjectNode();
            for (var entry : Samples.byType().entrySet()) {
                ours.set(
                        entry.getKey().getSimpleName(),
                        ours(serdes, entry.getKey(), entry.getValue()));
            }
            JSON.writeValue(WORK.resolve("ours.json").toFile(), ours);
            ran(
                    List.of("node", "clients.js", server.url(), "ours.json", "theirs.json"),
                    "clients.log");
            Map<String, List<Map<String, Client>>> theirs =
                    JSON.readValue(WORK.resolve("theirs.json").toFile(), new TypeReference<>() {});
            for (var entry : Samples.byType().entrySet()) {
                check(
                        serdes,
                        entry.getKey(),
                        entry.getValue(),
                        ours.get(entry.getKey().getSimpleName()),
                        theirs.get(entry.getKey().getSimpleName()));
            }
        }
    }

    private static ObjectNode ours(
            SchemaSerdes serdes,
            Class<? extends SpecificRecord> type,
            List<? extends SpecificRecord> records)
            throws IOException {
        String topic = "interop." + type.getSimpleName();
        ObjectNode ours = JSON.createObjectNode().put("topic", topic);
        var samples = ours.putArray("samples");
        try (var serde = serdes.values(type)) {
            for (SpecificRecord record : records) {
                samples.add(HEX.formatHex(serialized(serde.serializer(), topic, record)));
            }
        }
        String subject = topic + "-value";
        serdes.registry().setCompatibility(subject, Compatibility.BACKWARD);
        Schema held = serdes.registry().latest(subject).schema();
        return ours.set("schema", JSON.readTree(held.toString()));
    }

    @SuppressWarnings("unchecked") // the samples of a type are of that type
    private static <T extends SpecificRecord> byte[] serialized(
            Serializer<T> serializer, String topic, SpecificRecord record) {
        return serializer.serialize(topic, (T) record);
    }

    private static void check(
            SchemaSerdes serdes,
            Class<? extends SpecificRecord> type,
            List<? extends SpecificRecord> records,
            JsonNode ours,
            List<Map<String, Client>> theirs)
            throws IOException {
        var samples = new ArrayList<Sample>();
        try (var serde = serdes.values(type)) {
            for (int i = 0; i < records.size(); i++) {
                for (var client : theirs.get(i).entrySet()) {
                    assertEquals(
                            records.get(i),
                            serde.deserializer()
                                    .deserialize("t", HEX.parseHex(client.getValue().bytes())),
                            client.getKey());
                }
                samples.add(new Sample(ours.get("samples").get(i).asText(), theirs.get(i)));
            }
        }
        var now = new InteropGolden(ours.get("schema"), samples);
        if (Boolean.getBoolean("flowwarden.update")) {
            now.write(type);
        }
        assertEquals(2, theirs.get(0).size(), "clients");
        assertEquals(InteropGolden.read(type), now, "-Dflowwarden.update=true accepts it");
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        for (String name : List.of("package.json", "clients.js")) {
            Files.write(WORK.resolve(name), Files.readAllBytes(RECIPE.resolve(name)));
        }
        try {
            ran(List.of("npm", "install", "--no-audit", "--no-fund"), "npm.log");
        } catch (IOException absent) {
            Peers.absent("no JavaScript clients to test against: " + absent.getMessage());
        }
    }

    private static void ran(List<String> command, String log)
            throws IOException, InterruptedException {
        Path said = WORK.resolve(log);
        Process process =
                new ProcessBuilder(command)
                        .directory(WORK.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), command + " takes longer than 5 min");
        assertEquals(0, process.exitValue(), command + ":\n" + Files.readString(said));
    }
}
