package io.flowwarden.classify;

import java.util.Locale;

/** What of a rule did not hold. */
public enum Condition {
    CLIENT_ROLE,
    SERVER_ROLE,
    SCOPE,
    DIRECTION,
    PORT,
    POLICY;

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
