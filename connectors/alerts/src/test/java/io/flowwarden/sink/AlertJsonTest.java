package io.flowwarden.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Subject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Scripts read this: {@code --json} of every command, and the webhook. */
final class AlertJsonTest {
    private static final Set<String> KEYS =
            Set.of(
                    ("type id key class kind previous_kinds severity state title explanation subject"
                                    + " rule nearest_rule failed_condition reason category opened_at"
                                    + " last_seen last_good breach_at resolved_at count bytes packets"
                                    + " witnesses evidence next_steps cause muted_by acked_by confidence"
                                    + " catalog_revision estate_revision finding_key")
                            .split(" "));
    private static final Set<String> OF_SUBJECT =
            Set.of(
                    ("link client server port transport client_name server_name client_site"
                                    + " server_site client_roles server_roles exporter")
                            .split(" "));

    private static JsonNode json(Alert alert) throws Exception {
        String text = AlertJson.text(alert);
        assertFalse(text.contains("\n"), text);
        return new ObjectMapper().readTree(text);
    }

    private static void assertKeys(Set<String> wanted, JsonNode object) {
        var keys = new TreeSet<String>();
        object.fieldNames().forEachRemaining(keys::add);
        assertEquals(new TreeSet<>(wanted), keys);
    }

    @Test
    void everyKeyIsAlwaysThere() throws Exception {
        Alert bare = Alerts.open("a");
        bare.setSubject(Subject.newBuilder().build());
        bare.setRule(null);
        bare.setLastSeen(null);
        bare.setEvidence(List.of());
        bare.setWitnesses(List.of());
        for (Alert alert : List.of(Alerts.resolved("a"), Alerts.child("a", "b"), bare)) {
            JsonNode json = json(alert);
            assertKeys(KEYS, json);
            assertKeys(OF_SUBJECT, json.get("subject"));
        }
        assertTrue(json(bare).get("last_seen").isNull());
        assertTrue(json(bare).get("evidence").isEmpty());
        assertTrue(json(bare).at("/subject/port").isNull());
    }

    @Test
    void timesAreTextInUtcAndCountsAreNumbers() throws Exception {
        JsonNode json = json(Alerts.resolved("a"));
        assertEquals("alert", json.get("type").asText());
        assertEquals("2026-11-20T22:04:10.000Z", json.get("opened_at").asText());
        assertEquals("2026-11-20T22:14:10.000Z", json.get("resolved_at").asText());
        assertTrue(json.get("count").isIntegralNumber());
        assertTrue(json.at("/subject/port").isIntegralNumber());
        JsonNode witness = json.at("/witnesses/0");
        assertKeys(Set.of("source", "side", "last_seen", "state"), witness);
        assertTrue(witness.get("last_seen").isNull());
    }
}
