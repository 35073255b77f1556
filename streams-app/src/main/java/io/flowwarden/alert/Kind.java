package io.flowwarden.alert;

/** Kinds of alerts by class (design: alerts). */
enum Kind {
    REPLICATION_BLOCKED("replication"),
    REPLICATION_STALLED("replication"),
    RPO_AT_RISK("replication"),
    PATH_LOST("replication"),
    HEARTBEAT_MISSING("heartbeat"),
    HEARTBEAT_DEGRADED("heartbeat"),
    HEARTBEAT_BLOCKED("heartbeat"),
    BACKUP_LATE("backup"),
    BACKUP_MISSED("backup"),
    BACKUP_INCOMPLETE("backup"),
    BACKUP_BLOCKED("backup"),
    MIGRATION_BLOCKED("migration"),
    SERVICE_BLOCKED("service"),
    LINK_NEVER_SEEN("link"),
    UNEXPECTED_FLOW("flow"),
    FAN_OUT("flow"),
    FAN_IN("flow"),
    UNENCRYPTED_REPLICATION("flow"),
    TELEMETRY_LOST("telemetry"),
    TELEMETRY_GAP("telemetry"),
    TELEMETRY_UNREADABLE("telemetry"),
    CLOCK_SKEW("telemetry"),
    COLLECTOR_LOST("telemetry"),
    UNKNOWN_EXPORTER("telemetry"),
    CAPACITY_SATURATED("capacity");

    private final String alertClass;

    Kind(String alertClass) {
        this.alertClass = alertClass;
    }

    String alertClass() {
        return alertClass;
    }
}
