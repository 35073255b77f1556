package io.flowwarden.sink.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Subject;
import io.flowwarden.sink.Activity;
import io.flowwarden.sink.Alerts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OcsfFindingTest {
    private final OcsfFinding form = new OcsfFinding("0.1.0");
    private final Schema schema = schema();

    /** Ours. */
    private static Schema schema() {
        try (InputStream in =
                OcsfFindingTest.class.getResourceAsStream(
                        "/ocsf/detection-finding-1.4.0.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in, InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The one of the release, without profiles. */
    private static Schema released() throws IOException {
        String file = System.getProperty("flowwarden.ocsf", "");
        assumeFalse(
                file.isEmpty(),
                "-Dflowwarden.ocsf=FILE names the JSON schema of detection_finding 1.4.0, as the"
                        + " schema server of OCSF publishes it");
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(in, InputFormat.JSON);
        }
    }

    private List<String> faults(JsonNode event) {
        return faults(schema, event);
    }

    private static List<String> faults(Schema schema, JsonNode event) {
        return schema
                .validate(
                        event.toString(),
                        InputFormat.JSON,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private JsonNode valid(Alert alert, Activity activity) {
        JsonNode event = form.of(alert, activity, Alerts.OPENED);
        assertEquals(List.of(), faults(event), event::toPrettyString);
        return event;
    }

    @Test
    void everyStepIsValid() {
        assertEquals(200_401, valid(Alerts.open("a"), Activity.CREATE).path("type_uid").asInt());
        assertEquals(200_402, valid(Alerts.open("a"), Activity.UPDATE).path("type_uid").asInt());
        JsonNode closed = valid(Alerts.resolved("a"), Activity.CLOSE);
        assertEquals(200_403, closed.path("type_uid").asInt());
        assertEquals(4, closed.path("status_id").asInt());
        assertFalse(closed.path("is_alert").asBoolean());
    }

    @Test
    void releasedSchemaTakesWhatWeEmitAndRefusesTheRest() throws IOException {
        Schema released = released();
        Alert bare = Alerts.open("a");
        bare.setSubject(Subject.newBuilder().setExporter("10.1.255.1").build());
        bare.setRule(null);
        for (JsonNode event :
                List.of(
                        form.of(Alerts.open("a"), Activity.CREATE, Alerts.OPENED),
                        form.of(Alerts.child("a", "root"), Activity.UPDATE, Alerts.OPENED),
                        form.of(Alerts.resolved("a"), Activity.CLOSE, Alerts.OPENED),
                        form.of(bare, Activity.CREATE, Alerts.OPENED))) {
            assertEquals(List.of(), faults(released, event), event::toPrettyString);
            ((ObjectNode) event).put("kind", "x");
            assertNotEquals(List.of(), faults(released, event));
        }
    }

    @Test
    void everySeverityAndConfidenceIsValid() {
        var severities = new ArrayList<Integer>();
        for (String severity : List.of("critical", "warning", "info")) {
            for (String confidence : List.of("high", "medium", "low")) {
                Alert alert = Alerts.open("a");
                alert.setSeverity(severity);
                alert.setConfidence(confidence);
                severities.add(valid(alert, Activity.CREATE).path("severity_id").asInt());
            }
        }
        assertEquals(List.of(5, 5, 5, 3, 3, 3, 1, 1, 1), severities);
    }

    @Test
    void alertAboutAnExporterIsValidWithoutAConversation() {
        Alert alert = Alerts.open("a");
        alert.setSubject(Subject.newBuilder().setExporter("10.1.255.1").build());
        alert.setEvidence(List.of());
        alert.setNextSteps(List.of());
        alert.setRule(null);
        alert.setLastSeen(null);
        JsonNode event = valid(alert, Activity.CREATE);
        assertEquals("10.1.255.1", event.at("/unmapped/subject/exporter").asText());
        assertFalse(event.has("evidences"));
    }

    @Test
    void addressesOfBothVersionsAreValid() {
        Alert alert = Alerts.child("a", "root");
        alert.getSubject().setServer("2001:db8::5");
        JsonNode event = valid(alert, Activity.CREATE);
        assertEquals("2001:db8::5", event.at("/evidences/0/dst_endpoint/ip").asText());
        assertEquals("root", event.at("/finding_info/related_events/0/uid").asText());
    }

    @Test
    void schemaRefusesWhatTheClassDoesNotHave() {
        JsonNode event = form.of(Alerts.open("a"), Activity.CREATE, Alerts.OPENED);
        var wrong = (ObjectNode) event.deepCopy();
        wrong.put("severity_id", 7);
        assertNotEquals(List.of(), faults(wrong));
        wrong.put("severity_id", 5).put("kind", "x");
        assertNotEquals(List.of(), faults(wrong));
        wrong.remove("kind");
        ((ObjectNode) wrong.at("/evidences/0/src_endpoint")).put("ip", "nowhere");
        assertNotEquals(List.of(), faults(wrong));
    }
}
