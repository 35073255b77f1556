package io.flowwarden.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.AlertWitness;
import io.flowwarden.schemas.Subject;
import java.io.IOException;
import java.util.List;

/** Alerts as {@code --json} prints them. Every key is always there; scripts rely on it. */
final class AlertJson {
    private AlertJson() {}

    static void write(JsonGenerator json, Alert alert) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "alert");
        json.writeStringField("id", alert.getId());
        json.writeStringField("key", alert.getKey());
        json.writeStringField("class", alert.getClass$());
        json.writeStringField("kind", alert.getKind());
        texts(json, "previous_kinds", alert.getPreviousKinds());
        json.writeStringField("severity", alert.getSeverity());
        json.writeStringField("state", alert.getState());
        json.writeStringField("title", alert.getTitle());
        json.writeStringField("explanation", alert.getExplanation());
        subject(json, alert.getSubject());
        json.writeStringField("rule", alert.getRule());
        json.writeStringField("nearest_rule", alert.getNearestRule());
        json.writeStringField("failed_condition", alert.getFailedCondition());
        json.writeStringField("reason", alert.getReason());
        json.writeStringField("category", alert.getCategory());
        time(json, "opened_at", alert.getOpenedAt());
        time(json, "last_seen", alert.getLastSeen());
        time(json, "last_good", alert.getLastGood());
        time(json, "breach_at", alert.getBreachAt());
        time(json, "resolved_at", alert.getResolvedAt());
        json.writeNumberField("count", alert.getCount());
        json.writeNumberField("bytes", alert.getBytes());
        json.writeNumberField("packets", alert.getPackets());
        json.writeArrayFieldStart("witnesses");
        for (AlertWitness witness : alert.getWitnesses()) {
            json.writeStartObject();
            json.writeStringField("source", witness.getSource());
            json.writeStringField("side", witness.getSide());
            time(json, "last_seen", witness.getLastSeen());
            json.writeStringField("state", witness.getState());
            json.writeEndObject();
        }
        json.writeEndArray();
        texts(json, "evidence", alert.getEvidence());
        texts(json, "next_steps", alert.getNextSteps());
        json.writeStringField("cause", alert.getCause());
        json.writeStringField("muted_by", alert.getMutedBy());
        json.writeStringField("acked_by", alert.getAckedBy());
        json.writeStringField("confidence", alert.getConfidence());
        json.writeStringField("catalog_revision", alert.getCatalogRevision());
        json.writeStringField("estate_revision", alert.getEstateRevision());
        json.writeStringField("finding_key", alert.getFindingKey());
        json.writeEndObject();
    }

    private static void subject(JsonGenerator json, Subject subject) throws IOException {
        json.writeObjectFieldStart("subject");
        json.writeStringField("link", subject.getLink());
        json.writeStringField("client", subject.getClient());
        json.writeStringField("server", subject.getServer());
        if (subject.getPort() == null) {
            json.writeNullField("port");
        } else {
            json.writeNumberField("port", subject.getPort());
        }
        json.writeStringField("transport", subject.getTransport());
        json.writeStringField("client_name", subject.getClientName());
        json.writeStringField("server_name", subject.getServerName());
        json.writeStringField("client_site", subject.getClientSite());
        json.writeStringField("server_site", subject.getServerSite());
        texts(json, "client_roles", subject.getClientRoles());
        texts(json, "server_roles", subject.getServerRoles());
        json.writeStringField("exporter", subject.getExporter());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String key, List<String> values)
            throws IOException {
        json.writeArrayFieldStart(key);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void time(JsonGenerator json, String key, Long at) throws IOException {
        json.writeStringField(key, at == null ? null : Times.utc(at));
    }
}
