package io.flowwarden.catalog;

import java.util.Locale;

/** What the traffic of a rule is for. */
enum Category {
    REPLICATION,
    BACKUP,
    MIGRATION,
    HEARTBEAT,
    MANAGEMENT,
    STORAGE,
    DIRECTORY,
    NAME_SERVICE,
    TIME,
    FAULT_TOLERANCE,
    HIGH_AVAILABILITY,
    LICENSING,
    MONITORING,
    REMOTE_CONSOLE,
    DATABASE,
    DISCOVERY,
    MESSAGING,
    OTHER;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As the catalog spells it, e.g. {@code name-service}. */
    String text() {
        return text;
    }
}
