package io.flowwarden.estate;

import io.flowwarden.fault.Nearest;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Maintenance;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

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

    /** The entry of a maintenance; null and a fault where it has no name or no time. */
    EstateEntry read(YamlValue value) {
        YamlMap item = value.map("name", "from", "to", "every", "match", "kinds");
        String name = item == null ? null : Names.declared(item, lines);
        if (name == null) {
            return null;
        }
        var maintenance = new Maintenance();
        maintenance.setDays(List.of());
        if (item.get("every") == null) {
            once(item, maintenance);
        } else {
            recurring(item, maintenance);
        }
        about(item, maintenance);
        return new EstateEntry("maintenance", name, maintenance);
    }

    private void about(YamlMap item, Maintenance maintenance) {
        YamlMap match =
                item.get("match") == null
                        ? null
                        : item.get("match").map("site", "endpoint", "link");
        maintenance.setSites(texts(match, "site", names::site));
        maintenance.setEndpoints(texts(match, "endpoint", names::endpoint));
        maintenance.setLinks(texts(match, "link", link -> Names.known(link, links, "link")));
        maintenance.setKinds(texts(item, "kinds", MaintenanceSection::kind));
    }

    private static List<String> texts(
            YamlMap map, String key, Function<YamlValue, String> checked) {
        return map == null
                ? List.of()
                : map.items(key).stream().map(checked).filter(Objects::nonNull).toList();
    }

    private static String kind(YamlValue value) {
        String text = value.text();
        if (text != null && !KINDS.contains(text)) {
            value.fault("no such class or kind of alert", Nearest.to(text, KINDS));
        }
        return text;
    }

    private static void once(YamlMap item, Maintenance maintenance) {
        Instant from = instant(item.require("from"));
        Instant to = instant(item.require("to"));
        if (from != null && to != null && !from.isBefore(to)) {
            item.get("to").fault("ends before it starts");
        }
        maintenance.setFromMillis(from == null ? null : from.toEpochMilli());
        maintenance.setToMillis(to == null ? null : to.toEpochMilli());
    }

    private static void recurring(YamlMap item, Maintenance maintenance) {
        for (String key : List.of("from", "to")) {
            if (item.get(key) != null) {
                item.get(key).fault("stands beside every; a maintenance is once or recurring");
            }
        }
        YamlMap every = item.get("every").map("days", "start", "end", "zone");
        if (every != null) {
            maintenance.setDays(Schedule.days(every.items("days")));
            maintenance.setWindow(Schedule.window(every));
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
