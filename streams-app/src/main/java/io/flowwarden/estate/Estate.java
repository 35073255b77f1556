package io.flowwarden.estate;

import io.flowwarden.catalog.Revision;
import io.flowwarden.schemas.EstateEntry;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands where, which local law holds, what must be there, and who reports it.
 *
 * @param entries sites, endpoints, policies, links, maintenance, capacity and sources, in this
 *     order
 */
public record Estate(List<EstateEntry> entries) {
    public static final Estate EMPTY = new Estate(List.of());

    public Estate {
        entries = List.copyOf(entries);
    }

    /** The entries by their keys on the topic, kind/name. */
    public SortedMap<String, EstateEntry> byKey() {
        var byKey = new TreeMap<String, EstateEntry>();
        entries.forEach(entry -> byKey.put(entry.getKind() + "/" + entry.getName(), entry));
        return byKey;
    }

    public Revision revision() {
        return Revision.of(entries);
    }
}
