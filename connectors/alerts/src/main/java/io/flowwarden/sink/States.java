package io.flowwarden.sink;

import io.flowwarden.schemas.Alert;

/** States that an alert can be in. */
public final class States {
    private States() {}

    public static boolean isResolved(Alert alert) {
        return "RESOLVED".equals(alert.getState());
    }
}
