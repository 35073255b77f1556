package io.flowwarden.connect.objects;

import java.io.IOException;

/** The store does not let us: credentials or permissions are wrong. */
public final class StoreRefused extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param message what was refused, and which options say otherwise
     */
    public StoreRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
