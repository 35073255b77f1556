package io.flowwarden.classify;

import java.util.Locale;

/** How sure it is who is client and who is server. */
public enum Orientation {
    CERTAIN,
    LIKELY,
    GUESS;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
