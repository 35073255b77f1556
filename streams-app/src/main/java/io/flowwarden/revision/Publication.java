package io.flowwarden.revision;

import io.flowwarden.catalog.Revision;
import java.util.List;

/**
 * What a publication changes.
 *
 * @param revision the revision that is complete then
 * @param added keys of entries that are new
 * @param changed keys of entries that are different
 * @param gone keys of entries that are removed
 * @param unchanged how many entries were there already
 */
public record Publication(
        Revision revision,
        List<String> added,
        List<String> changed,
        List<String> gone,
        int unchanged) {
    public int written() {
        return added.size() + changed.size();
    }

    public int removed() {
        return gone.size();
    }
}
