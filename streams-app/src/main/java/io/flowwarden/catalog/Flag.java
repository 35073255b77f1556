package io.flowwarden.catalog;

import java.util.Locale;

/** What else a rule says about its traffic, or about the document that states it. */
public enum Flag {
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
    public String text() {
        return text;
    }

    /** Whether a rule with it never orients a flow and never says more than PLAUSIBLE. */
    public boolean weak() {
        return this == DYNAMIC || this == ADVISORY || this == LOOPBACK || this == UNCONFIRMED;
    }

    /** The flag of this spelling, or null. */
    public static Flag of(String text) {
        for (Flag flag : values()) {
            if (flag.text.equals(text)) {
                return flag;
            }
        }
        return null;
    }
}
