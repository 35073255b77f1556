package io.flowwarden.revision;

import io.flowwarden.catalog.Revision;
import java.util.Map;

/** Whoever uses the content of a revisioned topic. */
public interface Revised<T> {
    /**
     * A complete revision; called again with the same one after a restart.
     *
     * @param entries by key
     */
    void accept(Map<String, T> entries, Revision revision);

    /** A record that changes nothing; the last complete revision stays in use. */
    void refuse(String reason);
}
