package io.flowwarden.schemas.registry;

import static io.flowwarden.schemas.registry.RegistryContract.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {
    private static final String NOT_FOUND =
            "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
    private static final String STRING = "{\"schema\": \"\\\"string\\\"\"}";

    private final FakePace pace = new FakePace();
    private StubRegistry stub;

    @BeforeEach
    void start() throws IOException {
        stub = new StubRegistry();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void serverErrorsAreTriedAgainWithLongerAndJitteredPauses() {
        stub.answer(500, "").answer(503, "").answer(429, "").answer(200, STRING);
        client(Map.of("retries.wait.ms", 100)).schema(1);
        assertEquals(List.of(100L, 200L, 400L), pace.pauses);
    }

    @Test
    void jitterShortensAPauseByUpToHalf() {
        stub.answer(500, "").answer(200, STRING);
        pace.chance = 0.5;
        client(Map.of("retries.wait.ms", 100)).schema(1);
        assertEquals(List.of(75L), pace.pauses);
    }

    @Test
    void pausesAndRoundsAreBounded() {
        stub.answer(500, "{\"error_code\": 50002, \"message\": \"store timed out\"}");
        var client =
                client(
                        Map.of(
                                "max.retries",
                                4,
                                "retries.wait.ms",
                                100,
                                "retries.max.wait.ms",
                                250));
        var e = assertThrows(RegistryException.class, () -> client.schema(7));
        assertEquals(List.of(100L, 200L, 250L, 250L), pace.pauses);
        assertEquals(5, stub.requests().size());
        assertTrue(e.outage());
        assertEquals(50002, e.errorCode());
        for (String part :
                List.of(
                        stub.url(),
                        "schema id 7",
                        "status 500",
                        "50002",
                        "store timed out",
                        "5 round(s)")) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    @Test
    void refusalsAreNotTriedAgain() throws IOException {
        try (var second = new StubRegistry()) {
            second.answer(200, STRING);
            for (int status : new int[] {401, 403, 404, 409, 422}) {
                stub.answer(status, "");
                assertThrows(
                        RegistryException.class,
                        () ->
                                client(
                                                Map.of(
                                                        "schema.registry.url",
                                                        stub.url() + "," + second.url()))
                                        .schema(1));
            }
            assertEquals(List.of(), second.requests());
            assertEquals(List.of(), pace.pauses);
        }
    }

    @Test
    void nextAddressIsAskedAndKeptWhereOneDoesNotAnswer() throws IOException {
        stub.answer(200, STRING);
        String dead = "http://127.0.0.1:" + unusedPort();
        var client = client(Map.of("schema.registry.url", dead + ", " + stub.url() + "/"));
        client.schema(1);
        client.schema(2);
        assertEquals(List.of("GET /schemas/ids/1", "GET /schemas/ids/2"), stub.requests());
        assertEquals(List.of(), pace.pauses);
    }

    @Test
    void noAnswerNamesTheAddress() throws IOException {
        String dead = "http://127.0.0.1:" + unusedPort();
        var client = client(Map.of("schema.registry.url", dead, "max.retries", 0));
        var e =
                assertThrows(
                        RegistryException.class,
                        () -> client.register("catalog-value", record("A", "x")));
        assertEquals(0, e.status());
        assertTrue(e.outage());
        assertTrue(
                e.getMessage().contains(dead)
                        && e.getMessage().contains("register A as catalog-value"),
                e.getMessage());
    }

    @Test
    void knownIdsAreAskedForOnce() {
        stub.answer(200, "{\"id\": 3}").answer(200, STRING);
        var client = client(Map.of());
        for (int i = 0; i < 3; i++) {
            assertEquals(3, client.register("a-value", record("A", "x")));
            assertEquals(record("A", "x"), client.schema(3));
            client.schema(4);
        }
        assertEquals(
                List.of("POST /subjects/a-value/versions", "GET /schemas/ids/4"), stub.requests());
    }

    @Test
    void unknownIdsAreRememberedForAWhile() {
        stub.answer(404, NOT_FOUND).answer(200, STRING);
        var client = client(Map.of("missing.cache.ttl.ms", 1000));
        for (int i = 0; i < 3; i++) {
            var e = assertThrows(RegistryException.class, () -> client.schema(9));
            assertEquals(40403, e.errorCode());
        }
        assertEquals(1, stub.requests().size());
        pace.now += 1000;
        client.schema(9);
        assertEquals(2, stub.requests().size());
    }

    @Test
    void unknownIdsAreForgottenBeyondTheLimit() {
        stub.answer(404, NOT_FOUND);
        var client = client(Map.of("missing.cache.size", 2));
        for (int id : new int[] {1, 2, 3, 2, 3, 1}) {
            assertThrows(RegistryException.class, () -> client.schema(id));
        }
        assertEquals(4, stub.requests().size());
    }

    @Test
    void outageIsNotRememberedAsAnUnknownId() {
        stub.answer(503, "").answer(503, "").answer(200, STRING);
        var client = client(Map.of("max.retries", 0));
        assertThrows(RegistryException.class, () -> client.schema(1));
        assertThrows(RegistryException.class, () -> client.schema(1));
        client.schema(1);
    }

    @Test
    void credentialsAreSentAsConfigured() {
        stub.answer(200, "[]");
        client(Map.of()).subjects();
        client(
                        Map.of(
                                "basic.auth.credentials.source",
                                "USER_INFO",
                                "basic.auth.user.info",
                                "al:se:cret"))
                .subjects();
        client(
                        Map.of(
                                "schema.registry.basic.auth.credentials.source",
                                "USER_INFO",
                                "schema.registry.basic.auth.user.info",
                                "al:se:cret"))
                .subjects();
        client(Map.of("schema.registry.url", "http://al:se%3Acret@127.0.0.1:" + stub.port()))
                .subjects();
        client(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0"))
                .subjects();
        String basic = "Basic YWw6c2U6Y3JldA==";
        List<String> expected = new java.util.ArrayList<>(Collections.nCopies(3, basic));
        expected.add(0, null);
        expected.add("Bearer t0");
        assertEquals(expected, stub.authorizations());
    }

    @Test
    void secretsAreInNoMessage() throws IOException {
        String dead = "127.0.0.1:" + unusedPort();
        List<Map<String, Object>> settings =
                List.of(
                        Map.of("schema.registry.url", "http://al:hunter2@" + dead),
                        Map.of("schema.registry.url", "ftp://al:hunter2@" + dead),
                        Map.of("schema.registry.url", "http://al:hunter2@" + dead + "/%"),
                        Map.of("schema.registry.url", "http://al:hunter2@"),
                        Map.of(
                                "basic.auth.credentials.source",
                                "USER_INFO",
                                "basic.auth.user.info",
                                "hunter2"),
                        Map.of(
                                "basic.auth.credentials.source",
                                "hunter",
                                "basic.auth.user.info",
                                "a:hunter2"),
                        Map.of(
                                "schema.registry.url",
                                "http://" + dead,
                                "basic.auth.credentials.source",
                                "USER_INFO",
                                "basic.auth.user.info",
                                "a:hunter2"),
                        Map.of(
                                "schema.registry.url",
                                "http://" + dead,
                                "bearer.auth.credentials.source",
                                "STATIC_TOKEN",
                                "bearer.auth.token",
                                "hunter2"));
        for (Map<String, Object> setting : settings) {
            var e = assertThrows(RuntimeException.class, () -> client(setting).subjects());
            for (Throwable t = e; t != null; t = t.getCause()) {
                assertFalse(t.toString().contains("hunter2"), t.toString());
            }
        }
    }

    @Test
    void settingsAreCheckedBeforeAnythingIsAsked() {
        assertRefused("schema.registry.url", Map.of("schema.registry.url", ""));
        assertRefused("schema.registry.url", Map.of("schema.registry.url", "localhost:8081"));
        assertRefused("basic.auth.user.info", Map.of("basic.auth.credentials.source", "USER_INFO"));
        assertRefused(
                "bearer.auth.token", Map.of("bearer.auth.credentials.source", "STATIC_TOKEN"));
        assertRefused("max.retries", Map.of("max.retries", -1));
        assertRefused(
                "ssl.endpoint.identification.algorithm",
                Map.of("schema.registry.ssl.endpoint.identification.algorithm", ""));
        assertThrows(ConfigException.class, () -> new RegistryConfig(Map.of()));
    }

    @Test
    void brokerTlsSettingsAreNotTheRegistrys() {
        stub.answer(200, "[]");
        client(
                        Map.of(
                                "ssl.truststore.location",
                                "/nowhere",
                                "ssl.endpoint.identification.algorithm",
                                ""))
                .subjects();
    }

    @Test
    void schemasSpreadOverSubjectsAreRead() {
        stub.answer(
                200,
                "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[{\\\"name\\\":\\\"a\\\",\\\"type\\\":\\\"n.A\\\"}]}\", \"references\": [{\"name\": \"n.A\", \"subject\": \"a\", \"version\": 2}]}");
        stub.answer(
                200,
                "{\"subject\": \"a\", \"version\": 2, \"id\": 5, \"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"n.A\\\",\\\"fields\\\":[]}\"}");
        assertEquals("n.A", client(Map.of()).schema(6).getField("a").schema().getFullName());
        assertEquals(List.of("GET /schemas/ids/6", "GET /subjects/a/versions/2"), stub.requests());
    }

    @Test
    void answersThatAreNoAvroSchemaAreNamed() {
        stub.answer(200, "{\"schemaType\": \"JSON\", \"schema\": \"{}\"}")
                .answer(200, "{\"schema\": \"{}\"}")
                .answer(200, "<html>")
                .answer(200, "{}");
        for (int id = 1; id <= 4; id++) {
            int asked = id;
            var e = assertThrows(RegistryException.class, () -> client(Map.of()).schema(asked));
            assertTrue(e.getMessage().contains("schema id " + id), e.getMessage());
            assertFalse(e.outage());
        }
    }

    @Test
    void anotherPageThanARegistryIsNoCompatibleSubject() {
        stub.answer(404, "<html>not here</html>");
        assertThrows(
                RegistryException.class,
                () -> client(Map.of()).compatible("a-value", record("A", "x")));
    }

    private static void assertRefused(String key, Map<String, Object> settings) {
        Map<String, Object> all =
                new HashMap<>(Map.of("schema.registry.url", "http://127.0.0.1:1"));
        all.putAll(settings);
        var e = assertThrows(ConfigException.class, () -> new RegistryConfig(all));
        assertTrue(e.getMessage().contains(key), e.getMessage());
    }

    private RegistryClient client(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("schema.registry.url", stub.url()));
        all.putAll(settings);
        return new RegistryClient(new RegistryConfig(all), pace);
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
