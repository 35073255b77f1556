package io.flowwarden.roster;

import java.util.Locale;

/** What a link carries, and so what its absence means. */
public enum LinkKind {
    HEARTBEAT,
    REPLICATION,
    BACKUP,
    MIGRATION,
    PRESENCE;

    static LinkKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether members are missed one by one unless the link says otherwise. */
    boolean oneByOne() {
        return this == HEARTBEAT || this == PRESENCE;
    }
}
