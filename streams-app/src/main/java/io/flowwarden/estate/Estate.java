package io.flowwarden.estate;

import io.flowwarden.catalog.Revision;
import io.flowwarden.schemas.EstateEntry;
import java.util.List;

/**
 * What stands where, and which local law holds.
 *
 * @param entries sites, endpoints and policies, in this order
 */
public record Estate(List<EstateEntry> entries) {
    public static final Estate EMPTY = new Estate(List.of());

    public Estate {
        entries = List.copyOf(entries);
    }

    public Revision revision() {
        return Revision.of(entries);
    }
}
