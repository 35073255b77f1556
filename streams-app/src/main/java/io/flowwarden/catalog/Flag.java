package io.flowwarden.catalog;

import java.util.Locale;

/** What else a rule says about its traffic, or about the document that states it. */
enum Flag {
    /** A clear-text or legacy file or login service. */
    INSECURE,
    UNENCRYPTED,
    LEGACY,
    OPTIONAL,
    CONFIGURABLE,
    /** A port agreed on through 135 or 445, anywhere in the range. */
    DYNAMIC,
    ADVISORY,
    /** Within one machine: matches no network flow. */
    LOOPBACK,
    /** The document lost what would make it a rule. */
    UNCONFIRMED,
    /** Connects without payload by design. */
    PROBE,
    /** One of several ports, by how things are set up. */
    CONDITIONAL,
    /** The printed direction contradicts the purpose. */
    DIRECTION_DOUBTFUL,
    /** In an overlay: takes the rule of this id away. */
    DISABLED;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As the catalog spells it, e.g. {@code direction-doubtful}. */
    String text() {
        return text;
    }
}
