package io.flowwarden.estate;

import io.flowwarden.fault.Nearest;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code maintenance:} when nobody wants to hear of it. */
final class MaintenanceSection {
    /** Classes of alerts, then their kinds. */
    private static final List<String> KINDS =
            List.of(
                    "replication",
                    "heartbeat",
                    "backup",
                    "migration",
                    "service",
                    "link",
                    "flow",
                    "telemetry",
                    "capacity",
                    "REPLICATION_BLOCKED",
                    "REPLICATION_STALLED",
                    "RPO_AT_RISK",
                    "PATH_LOST",
                    "HEARTBEAT_MISSING",
                    "HEARTBEAT_DEGRADED",
                    "HEARTBEAT_BLOCKED",
                    "BACKUP_LATE",
                    "BACKUP_MISSED",
                    "BACKUP_INCOMPLETE",
                    "BACKUP_BLOCKED",
                    "MIGRATION_BLOCKED",
                    "SERVICE_BLOCKED",
                    "LINK_NEVER_SEEN",
                    "UNEXPECTED_FLOW",
                    "FAN_OUT",
                    "FAN_IN",
                    "UNENCRYPTED_REPLICATION",
                    "TELEMETRY_LOST",
                    "TELEMETRY_GAP",
                    "TELEMETRY_UNREADABLE",
                    "CLOCK_SKEW",
                    "COLLECTOR_LOST",
                    "UNKNOWN_EXPORTER",
                    "CAPACITY_SATURATED");

    private final Names names;
    private final Map<String, Integer> links;
    private final Map<String, Integer> lines = new HashMap<>();

    MaintenanceSection(Names names, Map<String, Integer> links) {
        this.names = names;
        this.links = links;
    }

    void check(YamlValue value) {
        YamlMap item = value.map("name", "from", "to", "every", "match", "kinds");
        if (item == null) {
            return;
        }
        Names.declared(item, lines);
        if (item.get("every") == null) {
            checkOnce(item);
        } else {
            checkRecurring(item);
        }
        YamlMap match =
                item.get("match") == null
                        ? null
                        : item.get("match").map("site", "endpoint", "link");
        if (match != null) {
            match.items("site").forEach(names::site);
            match.items("endpoint").forEach(names::endpoint);
            match.items("link").forEach(link -> Names.known(link, links, "link"));
        }
        for (YamlValue kind : item.items("kinds")) {
            String text = kind.text();
            if (text != null && !KINDS.contains(text)) {
                kind.fault("no such class or kind of alert", Nearest.to(text, KINDS));
            }
        }
    }

    private static void checkOnce(YamlMap item) {
        Instant from = instant(item.require("from"));
        Instant to = instant(item.require("to"));
        if (from != null && to != null && !from.isBefore(to)) {
            item.get("to").fault("ends before it starts");
        }
    }

    private static void checkRecurring(YamlMap item) {
        for (String key : List.of("from", "to")) {
            if (item.get(key) != null) {
                item.get(key).fault("stands beside every; a maintenance is once or recurring");
            }
        }
        YamlMap every = item.get("every").map("days", "start", "end", "zone");
        if (every != null) {
            Schedule.checkDays(every.items("days"));
            Schedule.checkWindow(every);
        }
    }

    private static Instant instant(YamlValue value) {
        String text = value == null ? null : value.text();
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            value.fault("expected an instant, e.g. 2026-12-01T01:00:00Z");
            return null;
        }
    }
}
