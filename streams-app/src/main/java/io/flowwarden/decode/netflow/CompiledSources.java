package io.flowwarden.decode.netflow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Templates in heap, by source: a copy of what is stored. Bounded by what they weigh, since one
 * source may hold as much as a thousand others; the one not asked for longest goes, and is read
 * from the store again when it is heard.
 */
final class CompiledSources {
    /** About 100 bytes each, once compiled; a usual exporter weighs 150. */
    static final int MOST = 1 << 18;

    private static final class Held {
        final SourceTemplates templates;
        int weight;

        Held(SourceTemplates templates) {
            this.templates = templates;
        }
    }

    private final Map<String, Held> held = new LinkedHashMap<>(64, 0.75f, true);
    private int weight;

    SourceTemplates get(String source) {
        Held known = held.get(source);
        return known == null ? null : known.templates;
    }

    /** Takes what was read of the store, or what has changed since. */
    void weigh(String source, SourceTemplates templates) {
        Held known = held.computeIfAbsent(source, name -> new Held(templates));
        weight += templates.weight() - known.weight;
        known.weight = templates.weight();
        var oldest = held.values().iterator();
        while (weight > MOST && held.size() > 1) {
            weight -= oldest.next().weight;
            oldest.remove();
        }
    }

    void remove(String source) {
        Held known = held.remove(source);
        if (known != null) {
            weight -= known.weight;
        }
    }

    void clear() {
        held.clear();
        weight = 0;
    }

    int weight() {
        return weight;
    }
}
