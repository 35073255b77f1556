package io.flowwarden.sink.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Activity;
import io.flowwarden.sink.AlertJson;
import java.time.Instant;
import java.util.Locale;

/**
 * An alert as OCSF Detection Finding (class 2004 of category 2). What the class has no attribute
 * for is under {@code unmapped}, by our own names.
 */
final class OcsfFinding implements Body {
    /** The release that this was written and is validated against; 1.4 brought is_alert. */
    static final String VERSION = "1.4.0";

    private static final int CLASS = 2004;
    private final String productVersion;

    OcsfFinding(String productVersion) {
        this.productVersion = productVersion;
    }

    @Override
    public JsonNode of(Alert alert, Activity activity, Instant now) {
        int activityId = activity.ordinal() + 1;
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("activity_id", activityId);
        event.put("activity_name", caption(activity.name()));
        event.put("category_uid", 2);
        event.put("category_name", "Findings");
        event.put("class_uid", CLASS);
        event.put("class_name", "Detection Finding");
        event.put("type_uid", CLASS * 100 + activityId);
        event.put("type_name", "Detection Finding: " + caption(activity.name()));
        event.put("time", now.toEpochMilli());
        event.put("start_time", alert.getOpenedAt());
        put(event, "end_time", alert.getResolvedAt());
        severity(alert, event);
        status(alert, activity, event);
        confidence(alert, event);
        event.put("is_alert", activity != Activity.CLOSE);
        event.put("message", alert.getTitle());
        event.put("count", (int) Math.max(1, Math.min(alert.getCount(), Integer.MAX_VALUE)));
        metadata(event.putObject("metadata"));
        finding(alert, now, event.putObject("finding_info"));
        evidences(alert, event);
        remediation(alert, event);
        unmapped(alert, event.putObject("unmapped"));
        return event;
    }

    private static void severity(Alert alert, ObjectNode event) {
        int id =
                switch (alert.getSeverity()) {
                    case "critical" -> 5;
                    case "warning" -> 3;
                    default -> 1;
                };
        event.put("severity_id", id);
        event.put("severity", id == 5 ? "Critical" : id == 3 ? "Medium" : "Informational");
    }

    private static void status(Alert alert, Activity activity, ObjectNode event) {
        boolean closed = activity == Activity.CLOSE;
        boolean seen = alert.getAckedBy() != null;
        event.put("status_id", closed ? 4 : seen ? 2 : 1);
        event.put("status", closed ? "Resolved" : seen ? "In Progress" : "New");
    }

    private static void confidence(Alert alert, ObjectNode event) {
        int id =
                switch (alert.getConfidence()) {
                    case "high" -> 3;
                    case "medium" -> 2;
                    case "low" -> 1;
                    default -> 0;
                };
        event.put("confidence_id", id);
        event.put("confidence", id == 0 ? "Unknown" : caption(alert.getConfidence()));
    }

    private void metadata(ObjectNode metadata) {
        metadata.put("version", VERSION);
        metadata.putObject("product")
                .put("name", "Flowwarden")
                .put("vendor_name", "Flowwarden")
                .put("version", productVersion);
    }

    private static void finding(Alert alert, Instant now, ObjectNode info) {
        info.put("uid", alert.getId());
        info.put("title", alert.getTitle());
        info.put("desc", alert.getExplanation());
        info.put("created_time", alert.getOpenedAt());
        info.put("modified_time", now.toEpochMilli());
        info.put("first_seen_time", alert.getOpenedAt());
        put(info, "last_seen_time", alert.getLastSeen());
        info.putArray("types").add(alert.getClass$());
        ObjectNode analytic = info.putObject("analytic");
        // A rule of ours that the traffic was held against.
        analytic.put("type_id", 1).put("type", "Rule").put("name", alert.getKind());
        put(analytic, "uid", alert.getRule());
        put(analytic, "category", alert.getCategory());
        if (alert.getCause() != null) {
            info.putArray("related_events")
                    .addObject()
                    .put("uid", alert.getCause())
                    .put("type_uid", CLASS * 100L + 1);
        }
    }

    private static void evidences(Alert alert, ObjectNode event) {
        var subject = alert.getSubject();
        var evidences = JsonNodeFactory.instance.arrayNode();
        if (subject.getClient() != null || subject.getServer() != null) {
            ObjectNode conversation = evidences.addObject();
            endpoint(conversation, "src_endpoint", subject.getClient(), subject.getClientName());
            endpoint(conversation, "dst_endpoint", subject.getServer(), subject.getServerName());
            if (subject.getPort() != null && subject.getServer() != null) {
                ((ObjectNode) conversation.get("dst_endpoint")).put("port", subject.getPort());
            }
            if (subject.getTransport() != null) {
                // Inbound or outbound of what? A flow between two sites is neither.
                conversation
                        .putObject("connection_info")
                        .put("direction_id", 0)
                        .put("direction", "Unknown")
                        .put("protocol_name", subject.getTransport());
            }
        }
        for (String fact : alert.getEvidence()) {
            evidences.addObject().putObject("data").put("text", fact);
        }
        if (!evidences.isEmpty()) {
            event.set("evidences", evidences);
        }
    }

    private static void endpoint(ObjectNode parent, String key, String address, String name) {
        if (address != null) {
            ObjectNode endpoint = parent.putObject(key).put("ip", address);
            put(endpoint, "name", name);
        }
    }

    private static void remediation(Alert alert, ObjectNode event) {
        if (!alert.getNextSteps().isEmpty()) {
            event.putObject("remediation").put("desc", String.join("\n", alert.getNextSteps()));
        }
    }

    private static void unmapped(Alert alert, ObjectNode unmapped) {
        ObjectNode all = AlertJson.of(alert);
        for (String field :
                new String[] {
                    "key",
                    "class",
                    "previous_kinds",
                    "subject",
                    "nearest_rule",
                    "failed_condition",
                    "reason",
                    "last_good",
                    "breach_at",
                    "bytes",
                    "packets",
                    "witnesses",
                    "acked_by",
                    "catalog_revision",
                    "estate_revision"
                }) {
            JsonNode value = all.get(field);
            if (!value.isNull() && !(value instanceof ArrayNode list && list.isEmpty())) {
                unmapped.set(field, value);
            }
        }
    }

    private static void put(ObjectNode object, String key, Long value) {
        if (value != null) {
            object.put(key, value);
        }
    }

    private static void put(ObjectNode object, String key, String value) {
        if (value != null) {
            object.put(key, value);
        }
    }

    private static String caption(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT)
                + word.substring(1).toLowerCase(Locale.ROOT);
    }
}
