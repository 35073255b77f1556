package io.flowwarden.classify;

import java.util.Locale;

/** What a rule says beside the verdict. */
public enum Mark {
    INSECURE,
    UNENCRYPTED,
    LEGACY,
    UNCONFIRMED,
    DYNAMIC;

    /** The catalog flag that carries it. */
    String flag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
