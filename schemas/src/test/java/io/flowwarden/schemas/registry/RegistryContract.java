package io.flowwarden.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What the serde and the command line need of a registry. The same tests run against the in-process
 * registry and a real server, so that the first cannot drift from what the second does.
 */
abstract class RegistryContract {
    private RegistryClient client;

    /** Own to each test: they share one registry. */
    private String subject;

    /** Address of a registry that is running. */
    abstract String url();

    @BeforeEach
    void subject(TestInfo test) {
        client = new RegistryClient(new RegistryConfig(Map.of("schema.registry.url", url())));
        subject = test.getTestMethod().orElseThrow().getName() + "-value";
    }

    @Test
    void registeringAgainGivesTheSameId() {
        int id = client.register(subject, record("A", "x"));
        assertEquals(id, fresh().register(subject, record("A", "x")));
        assertEquals(List.of(1), client.versions(subject));
    }

    @Test
    void sameContentUnderAnotherSubjectHasTheSameId() {
        int id = client.register(subject, record("B", "x"));
        assertEquals(id, client.register("other-" + subject, record("B", "x")));
        assertNotEquals(id, client.register(subject, record("B", "x", "y")));
    }

    @Test
    void lookupGivesVersionAndId() {
        int first = client.register(subject, record("C", "x"));
        int second = client.register(subject, record("C", "x", "y"));
        assertEquals(
                new RegisteredSchema(subject, 1, first, record("C", "x")),
                client.lookup(subject, record("C", "x")));
        assertEquals(
                new RegisteredSchema(subject, 2, second, record("C", "x", "y")),
                client.lookup(subject, record("C", "x", "y")));
        assertEquals(second, fresh().id(subject, record("C", "x", "y")));
    }

    @Test
    void unknownSubjectIs40401AndUnknownSchema40403() {
        assertCode(40401, () -> client.lookup(subject, record("D", "x")));
        assertCode(40401, () -> client.latest(subject));
        assertCode(40401, () -> client.versions(subject));
        client.register(subject, record("D", "x"));
        assertCode(40403, () -> client.lookup(subject, record("D", "y")));
    }

    @Test
    void schemaComesBackById() {
        int id = client.register(subject, record("E", "x"));
        assertEquals(record("E", "x"), fresh().schema(id));
        assertCode(40403, () -> client.schema(1_999_999_999));
    }

    @Test
    void latestIsTheNewestVersion() {
        client.register(subject, record("F", "x"));
        int id = client.register(subject, record("F", "x", "y"));
        assertEquals(
                new RegisteredSchema(subject, 2, id, record("F", "x", "y")),
                client.latest(subject));
        assertEquals(List.of(1, 2), client.versions(subject));
        assertTrue(client.subjects().contains(subject));
    }

    @Test
    void subjectsMayHoldAnyCharacter() {
        String odd = "a b/c%d+é-" + subject;
        int id = client.register(odd, record("G", "x"));
        assertEquals(id, client.latest(odd).id());
        assertTrue(client.subjects().contains(odd));
    }

    @Test
    void invalidSchemaIs42201() throws IOException, InterruptedException {
        var answer =
                post(
                        "/subjects/" + subject + "/versions",
                        "{\"schema\": \"{\\\"type\\\": \\\"nonsense\\\"}\"}");
        assertEquals(422, answer.statusCode(), answer.body());
        assertEquals(
                42201,
                Json.MAPPER.readTree(answer.body()).path("error_code").asInt(),
                answer.body());
    }

    @Test
    void backwardLetsFieldsWithADefaultCome() {
        client.register(subject, record("I", "x"));
        client.setCompatibility(subject, Compatibility.BACKWARD);
        refused(required("I", "x", "y"));
        accepted(record("I", "x", "y"));
        accepted(record("I", "y"));
    }

    @Test
    void forwardLetsRequiredFieldsComeAndDefaultsGo() {
        client.register(subject, required("J", "x"));
        client.setCompatibility(subject, Compatibility.FORWARD);
        refused(required("J", "y"));
        accepted(required("J", "x", "y"));
    }

    @Test
    void fullWantsBoth() {
        client.register(subject, required("K", "x"));
        client.setCompatibility(subject, Compatibility.FULL);
        refused(required("K", "x", "y"));
        refused(record("K", "y"));
        accepted(
                new Schema.Parser()
                        .parse(
                                required("K", "x")
                                        .toString()
                                        .replace("]}", "," + field("z") + "]}")));
    }

    @Test
    void noneLetsEverythingCome() {
        client.register(subject, required("L", "x"));
        client.setCompatibility(subject, Compatibility.NONE);
        accepted(required("L", "y"));
    }

    @Test
    void onlyTransitiveLooksFurtherBackThanTheLatest() {
        // b comes with a default, loses it, and so cannot be read from version 1 any more.
        client.register(subject, required("M", "a"));
        client.setCompatibility(subject, Compatibility.BACKWARD);
        client.register(
                subject,
                new Schema.Parser()
                        .parse(
                                required("M", "a")
                                        .toString()
                                        .replace("]}", "," + field("b") + "]}")));
        client.setCompatibility(subject, Compatibility.BACKWARD_TRANSITIVE);
        assertEquals(Compatibility.BACKWARD_TRANSITIVE, client.compatibility(subject));
        assertEquals(
                409,
                assertThrows(
                                RegistryException.class,
                                () -> client.register(subject, required("M", "a", "b")))
                        .status());
        client.setCompatibility(subject, Compatibility.BACKWARD);
        accepted(required("M", "a", "b"));
    }

    @Test
    void anythingMayBeTheFirstVersion() {
        assertTrue(client.compatible(subject, record("N", "x")));
        assertFalse(client.subjects().contains(subject));
    }

    @Test
    void generalCompatibilityHoldsForSubjectsWithoutTheirOwn() {
        Compatibility before = client.compatibility();
        try {
            client.setCompatibility(Compatibility.FULL_TRANSITIVE);
            assertEquals(Compatibility.FULL_TRANSITIVE, client.compatibility());
            assertEquals(Compatibility.FULL_TRANSITIVE, client.compatibility(subject));
            client.register(subject, record("O", "x"));
            client.setCompatibility(subject, Compatibility.FORWARD);
            assertEquals(Compatibility.FORWARD, client.compatibility(subject));
        } finally {
            client.setCompatibility(before);
        }
    }

    @Test
    void vocabularyGoesThroughTheSerde() {
        var serdes =
                new SchemaSerdes(
                        Map.of("schema.registry.url", url(), "auto.register.schemas", "true"));
        var other = new SchemaSerdes(Map.of("schema.registry.url", url()));
        PortRule rule =
                PortRule.newBuilder()
                        .setId("a")
                        .setProduct("b")
                        .setTransport("tcp")
                        .setCategory("time")
                        .build();
        byte[] data = serdes.values(PortRule.class).serializer().serialize(subject, rule);
        assertEquals(rule, other.values(PortRule.class).deserializer().deserialize(subject, data));
        int id = ByteBuffer.wrap(data).getInt(1);
        assertEquals(id, client.latest(subject + "-value").id());
        assertArrayEquals(data, other.encoder(subject, PortRule.class).encode(rule));
        for (Class<? extends org.apache.avro.specific.SpecificRecord> type :
                List.of(Flow.class, JudgedFlow.class, EstateEntry.class)) {
            serdes.encoder(type.getSimpleName(), type);
            other.encoder(type.getSimpleName(), type);
        }
    }

    private void accepted(Schema schema) {
        assertTrue(client.compatible(subject, schema));
        int before = client.versions(subject).size();
        client.register(subject, schema);
        assertEquals(before + 1, client.versions(subject).size());
    }

    private void refused(Schema schema) {
        assertFalse(client.compatible(subject, schema));
        int before = client.versions(subject).size();
        var e = assertThrows(RegistryException.class, () -> client.register(subject, schema));
        assertEquals(409, e.status(), e.getMessage());
        assertTrue(e.getMessage().contains(subject), e.getMessage());
        assertFalse(e.outage());
        assertEquals(before, client.versions(subject).size());
    }

    private RegistryClient fresh() {
        return new RegistryClient(new RegistryConfig(Map.of("schema.registry.url", url())));
    }

    private HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Content-Type", Json.CONTENT_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void assertCode(int code, org.junit.jupiter.api.function.Executable ask) {
        var e = assertThrows(RegistryException.class, ask);
        assertEquals(code, e.errorCode(), e.getMessage());
        assertTrue(e.notFound());
    }

    /** Fields of type string with a default. */
    static Schema record(String name, String... fields) {
        StringBuilder list = new StringBuilder();
        for (String field : fields) {
            list.append(list.isEmpty() ? "" : ",").append(field(field));
        }
        return parsed(name, list);
    }

    static Schema required(String name, String... fields) {
        StringBuilder list = new StringBuilder();
        for (String field : fields) {
            list.append(list.isEmpty() ? "" : ",")
                    .append("{\"name\":\"" + field + "\",\"type\":\"string\"}");
        }
        return parsed(name, list);
    }

    private static String field(String name) {
        return "{\"name\":\"" + name + "\",\"type\":\"string\",\"default\":\"\"}";
    }

    private static Schema parsed(String name, CharSequence fields) {
        return new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\""
                                + name
                                + "\",\"fields\":["
                                + fields
                                + "]}");
    }
}
