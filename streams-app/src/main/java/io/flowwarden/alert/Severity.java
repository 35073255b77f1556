package io.flowwarden.alert;

import java.util.Locale;

/** How bad, worst last. */
enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Severity of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
