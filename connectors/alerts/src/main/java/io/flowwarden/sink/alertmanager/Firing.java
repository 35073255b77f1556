package io.flowwarden.sink.alertmanager;

import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.States;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One alert as Alertmanager is to see it. Labels are what it is: two records of one alert that have
 * the same labels are the same to Alertmanager, so nothing that only changes is among them.
 */
final class Firing {
    /** How often an end is told: a member that missed one hears the next. */
    private static final int ENDS = 5;

    private final String id;
    private final String cause;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;
    private final Instant since;
    private final Instant end;
    private int endsLeft = ENDS;

    /** Labels under which it fires there; null before the first time. */
    private Map<String, String> told;

    /**
     * @param before the same alert as known so far, or null
     */
    Firing(Alert alert, Firing before, Instant now) {
        this.id = alert.getId();
        this.cause = alert.getCause();
        this.labels = labels(alert);
        this.annotations = annotations(alert);
        this.since = earlier(Instant.ofEpochMilli(alert.getOpenedAt()), now);
        this.end = end(alert, now);
        this.told = before == null ? null : before.told;
    }

    private static Instant end(Alert alert, Instant now) {
        if (States.isResolved(alert)) {
            Long resolved = alert.getResolvedAt();
            return resolved == null ? now : earlier(Instant.ofEpochMilli(resolved), now);
        }
        // Muted: it ends for those who would be woken, and begins again when the mute is lifted.
        return alert.getMutedBy() == null ? null : now;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Map<String, String> labels(Alert alert) {
        var subject = alert.getSubject();
        var labels = new TreeMap<String, String>();
        labels.put("alertname", alert.getKind());
        labels.put("id", alert.getId());
        labels.put("class", alert.getClass$());
        labels.put("severity", alert.getSeverity());
        put(labels, "link", subject.getLink());
        put(labels, "client", subject.getClient());
        put(labels, "server", subject.getServer());
        put(labels, "client_site", subject.getClientSite());
        put(labels, "server_site", subject.getServerSite());
        put(labels, "exporter", subject.getExporter());
        put(labels, "cause", alert.getCause());
        return labels;
    }

    private static Map<String, String> annotations(Alert alert) {
        var annotations = new LinkedHashMap<String, String>();
        annotations.put("title", alert.getTitle());
        annotations.put("explanation", alert.getExplanation());
        put(annotations, "next_steps", String.join("\n", alert.getNextSteps()));
        put(annotations, "evidence", String.join("\n", alert.getEvidence()));
        put(annotations, "acked_by", alert.getAckedBy());
        return annotations;
    }

    private static void put(Map<String, String> map, String name, String value) {
        if (value != null && !value.isEmpty()) {
            map.put(name, value);
        }
    }

    String id() {
        return id;
    }

    /** Id of the alert that explains it, or null. */
    String cause() {
        return cause;
    }

    Map<String, String> annotations() {
        return annotations;
    }

    Instant since() {
        return since;
    }

    /** Null while it fires. */
    Instant end() {
        return end;
    }

    Map<String, String> told() {
        return told;
    }

    /**
     * @param incident id of the alert at the beginning of its causes; its own where it has none
     */
    Map<String, String> labels(String incident) {
        var all = new TreeMap<>(labels);
        all.put("incident", incident);
        return all;
    }

    /** Somebody took it under these labels. */
    void told(Map<String, String> as) {
        told = as;
        if (end != null) {
            endsLeft--;
        }
    }

    /** Whether there is nothing left to say. */
    boolean isOver() {
        return end != null && endsLeft <= 0;
    }
}
