package io.flowwarden.alert;

import io.flowwarden.schemas.Alert;

/** Takes alerts as they change. */
interface Changes {
    /** What became of an alert. */
    enum Change {
        OPENED,
        UPDATED,
        RESOLVED,
        DELETED
    }

    /**
     * @param alert null where it is deleted
     */
    void changed(String id, Alert alert, Change change);
}
