package io.flowwarden.schemas.registry;

import static io.flowwarden.schemas.registry.RegistryContract.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is its own: the snapshot, GUIDs, and what it refuses. The rest is in the contract. */
class InProcessRegistryTest {
    @TempDir private Path folder;

    @Test
    void snapshotKeepsIdsVersionsAndCompatibility() throws IOException {
        Path snapshot = folder.resolve("data/registry.json");
        int first;
        int second;
        try (var registry = InProcessRegistry.start(0, snapshot)) {
            var client = client(registry);
            first = client.register("a-value", record("A", "x"));
            second = client.register("a-value", record("A", "x", "y"));
            client.register("b-value", record("A", "x"));
            client.setCompatibility(Compatibility.FULL);
            client.setCompatibility("a-value", Compatibility.NONE);
        }
        try (var registry = InProcessRegistry.start(0, snapshot)) {
            var client = client(registry);
            assertEquals(List.of("a-value", "b-value"), client.subjects());
            assertEquals(
                    new RegisteredSchema("a-value", 1, first, record("A", "x")),
                    client.lookup("a-value", record("A", "x")));
            assertEquals(second, client.latest("a-value").id());
            assertEquals(first, client.latest("b-value").id());
            assertEquals(Compatibility.FULL, client.compatibility());
            assertEquals(Compatibility.NONE, client.compatibility("a-value"));
            assertEquals(second + 1, client.register("c-value", record("C", "x")));
        }
    }

    @Test
    void damagedSnapshotIsNamed() throws IOException {
        Path snapshot = folder.resolve("registry.json");
        for (String text :
                new String[] {
                    "", "{", "[]", "{\"compatibility\": \"BACKWARD\", \"schemas\": [\"{}\"]}"
                }) {
            Files.writeString(snapshot, text);
            var e = assertThrows(IOException.class, () -> InProcessRegistry.start(0, snapshot));
            assertTrue(e.getMessage().startsWith(snapshot.toString()), e.getMessage());
        }
    }

    @Test
    void contentIsFoundByGuid() throws Exception {
        try (var registry = InProcessRegistry.start()) {
            var client = client(registry);
            int id = client.register("a-value", record("A", "x"));
            String guid =
                    ask(registry, "GET", "/schemas/ids/" + id, null, 200).path("guid").asText();
            assertEquals(record("A", "x"), client(registry).schema(UUID.fromString(guid)));
            var e = assertThrows(RegistryException.class, () -> client.schema(new UUID(1, 2)));
            assertEquals(40403, e.errorCode());
        }
    }

    @Test
    void layoutOfTheJsonMakesNoNewVersion() throws Exception {
        try (var registry = InProcessRegistry.start()) {
            int id = client(registry).register("a-value", record("A", "x"));
            String spaced =
                    Json.MAPPER.writeValueAsString(
                            Map.of("schema", record("A", "x").toString(true)));
            assertEquals(
                    id,
                    ask(registry, "POST", "/subjects/a-value/versions", spaced, 200)
                            .path("id")
                            .asInt());
            assertEquals(
                    1,
                    ask(registry, "POST", "/subjects/a-value", spaced, 200)
                            .path("version")
                            .asInt());
        }
    }

    @Test
    void refusalsCarryCodeAndReason() throws Exception {
        try (var registry = InProcessRegistry.start()) {
            client(registry).register("a-value", record("A", "x"));
            assertCode(42201, ask(registry, "POST", "/subjects/a-value", "{}", 422));
            assertCode(
                    42201, ask(registry, "POST", "/subjects/a-value", "{\"schema\": \"{\"}", 422));
            String protobuf = "{\"schemaType\": \"PROTOBUF\", \"schema\": \"\"}";
            assertCode(42201, ask(registry, "POST", "/subjects/a-value/versions", protobuf, 422));
            assertCode(42202, ask(registry, "GET", "/subjects/a-value/versions/0", null, 422));
            assertCode(42202, ask(registry, "GET", "/subjects/a-value/versions/newest", null, 422));
            assertCode(40402, ask(registry, "GET", "/subjects/a-value/versions/2", null, 404));
            assertCode(40408, ask(registry, "GET", "/config/a-value", null, 404));
            assertCode(
                    42203, ask(registry, "PUT", "/config", "{\"compatibility\": \"SOME\"}", 422));
            assertCode(400, ask(registry, "PUT", "/config", "compatibility", 400));
            assertCode(404, ask(registry, "DELETE", "/subjects/a-value", null, 404));
            assertCode(404, ask(registry, "GET", "/", null, 404));
            assertCode(404, ask(registry, "GET", "/schemas/ids/one", null, 404));
        }
    }

    @Test
    void verboseCheckSaysWhy() throws Exception {
        try (var registry = InProcessRegistry.start()) {
            client(registry).register("a-value", record("A", "x"));
            String body =
                    Json.MAPPER.writeValueAsString(
                            Map.of("schema", RegistryContract.required("A", "y").toString()));
            JsonNode answer =
                    ask(
                            registry,
                            "POST",
                            "/compatibility/subjects/a-value/versions/1?verbose=true",
                            body,
                            200);
            assertTrue(answer.path("messages").path(0).asText().contains("y"), answer.toString());
            answer = ask(registry, "POST", "/compatibility/subjects/a-value/versions", body, 200);
            assertEquals("{\"is_compatible\":false}", answer.toString());
        }
    }

    @Test
    void plusInAPathIsAPlus() throws Exception {
        try (var registry = InProcessRegistry.start()) {
            client(registry).register("a+b", record("A", "x"));
            ask(registry, "GET", "/subjects/a+b/versions/1", null, 200);
        }
    }

    @Test
    void stalledRequestHoldsUpNobody() throws Exception {
        try (var registry = InProcessRegistry.start();
                var stalled =
                        new Socket(
                                InetAddress.getLoopbackAddress(),
                                URI.create(registry.url()).getPort())) {
            String head =
                    "POST /subjects/a-value HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{";
            stalled.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            stalled.getOutputStream().flush();
            assertEquals(1, client(registry).register("a-value", record("A", "x")));
        }
    }

    @Test
    void concurrentRegistrationsGiveEachContentOneId() throws Exception {
        try (var registry = InProcessRegistry.start()) {
            client(registry).setCompatibility(Compatibility.NONE);
            Set<Integer> ids =
                    IntStream.range(0, 64)
                            .parallel()
                            .mapToObj(
                                    i ->
                                            client(registry)
                                                    .register("s" + i % 4, record("R" + i % 8)))
                            .collect(Collectors.toSet());
            assertEquals(Set.of(1, 2, 3, 4, 5, 6, 7, 8), ids);
        }
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        try (var registry = InProcessRegistry.start()) {
            assertTrue(
                    InetAddress.getByName(URI.create(registry.url()).getHost()).isLoopbackAddress(),
                    registry.url());
        }
    }

    private static void assertCode(int code, JsonNode answer) {
        assertEquals(code, answer.path("error_code").asInt(), answer.toString());
        assertTrue(!answer.path("message").asText().isBlank());
    }

    private static RegistryClient client(InProcessRegistry registry) {
        return new RegistryClient(
                new RegistryConfig(Map.of("schema.registry.url", registry.url())));
    }

    private static JsonNode ask(
            InProcessRegistry registry, String method, String path, String body, int status)
            throws IOException, InterruptedException {
        var publisher =
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body);
        var request =
                HttpRequest.newBuilder(URI.create(registry.url() + path))
                        .method(method, publisher)
                        .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }
}
