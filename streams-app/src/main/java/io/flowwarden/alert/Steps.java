package io.flowwarden.alert;

import java.util.List;

/** What to look at next, by kind. */
final class Steps {
    private Steps() {}

    static List<String> of(Kind kind) {
        return switch (kind) {
            case REPLICATION_BLOCKED,
                    HEARTBEAT_BLOCKED,
                    BACKUP_BLOCKED,
                    MIGRATION_BLOCKED,
                    SERVICE_BLOCKED ->
                    List.of(
                            "Look for a firewall or security group change between the two at that time",
                            "Check that the service listens on the server");
            case REPLICATION_STALLED ->
                    List.of(
                            "Look at the replication's own state: paused, out of space, throttled",
                            "Compare the line's load with its capacity");
            case RPO_AT_RISK ->
                    List.of(
                            "Look at the replication's own state: this is what the network shows, not what it holds",
                            "Check the path between the sites");
            case PATH_LOST ->
                    List.of(
                            "Check routing and the line between the sites",
                            "Look at both exporters");
            case HEARTBEAT_MISSING ->
                    List.of(
                            "Check that the host is up and managed",
                            "Check its management network");
            case HEARTBEAT_DEGRADED -> List.of("Look for loss or load on the host and on its path");
            case BACKUP_LATE, BACKUP_MISSED, BACKUP_INCOMPLETE ->
                    List.of("Look at the backup job's log", "Check the proxy");
            case LINK_NEVER_SEEN ->
                    List.of(
                            "Check addresses, port and direction of the link in the estate",
                            "Check that an exporter lies on its path");
            case UNEXPECTED_FLOW ->
                    List.of(
                            "Ask the owner of the client",
                            "If it is right, allow it: a role in the estate, or a policy");
            case FAN_OUT, FAN_IN -> List.of("Ask whether a scanner or an inventory runs there");
            case UNENCRYPTED_REPLICATION ->
                    List.of("Switch on network encryption of the replication");
            case TELEMETRY_LOST, COLLECTOR_LOST ->
                    List.of("Check the exporter's configuration and its path to the collector");
            case TELEMETRY_GAP ->
                    List.of(
                            "Look for drops at the exporter, on the path and in the collector's socket");
            case TELEMETRY_UNREADABLE ->
                    List.of("Check that the exporter sends its templates, and how often");
            case CLOCK_SKEW -> List.of("Check NTP on the exporter");
            case UNKNOWN_EXPORTER ->
                    List.of("List it under its site's exporters, or in limits.exporters");
            case CAPACITY_SATURATED -> List.of("Look at who uses the line");
        };
    }
}
