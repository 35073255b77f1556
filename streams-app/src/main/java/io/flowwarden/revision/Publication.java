package io.flowwarden.revision;

import io.flowwarden.catalog.Revision;

/**
 * What a publication changes.
 *
 * @param revision the revision that is complete now
 * @param written entries that are new or different
 * @param removed entries that are gone
 * @param unchanged entries that were there already
 */
public record Publication(Revision revision, int written, int removed, int unchanged) {
    public boolean changesNothing() {
        return written == 0 && removed == 0;
    }
}
