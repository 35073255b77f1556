package io.flowwarden.decode.netflow;

import io.flowwarden.decode.DecodeLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Templates of one source, compiled on first use. The last definition of an id wins, none expires
 * (RFC 7011 section 8.4 leaves that to the collector over UDP), and how many there are is bounded:
 * beyond it the one that was defined longest ago goes.
 */
final class SourceTemplates {
    /** No uptime base has been exported. */
    static final long NO_INIT = Long.MIN_VALUE;

    private static final class Entry {
        final Template template;
        Plan plan;

        Entry(Template template) {
            this.template = template;
        }
    }

    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private int fields;
    private final ExporterOptions options = new ExporterOptions();
    private Sequences sequences = new Sequences();
    private long systemInit = NO_INIT;
    private boolean changed;
    private long lastKey = -1;
    private Entry last;

    /** v9 and IPFIX of one exporter, and its domains, number their templates independently. */
    static long key(int version, long domain, int id) {
        return (long) version << 48 | domain << 16 | id;
    }

    /** What a definition was to those before it. */
    enum Definition {
        NEW,
        SAME,
        /** Its id meant something else until now. */
        DIFFERENT
    }

    /** Takes a definition. */
    Definition define(long key, Template template) {
        Entry known = entries.remove(key);
        if (known != null && known.template.equals(template)) {
            entries.put(key, known);
            return Definition.SAME;
        }
        if (known != null) {
            fields -= known.template.fields();
        }
        entries.put(key, new Entry(template));
        fields += template.fields();
        touched();
        return known == null ? Definition.NEW : Definition.DIFFERENT;
    }

    /** Drops the oldest definition if there are too many; returns its id, or -1. */
    int evict(DecodeLimits limits) {
        if (entries.size() <= limits.templates() && fields <= limits.fieldsOfSource()) {
            return -1;
        }
        long oldest = entries.keySet().iterator().next();
        remove(oldest);
        return (int) oldest & 0xffff;
    }

    void remove(long key) {
        Entry gone = entries.remove(key);
        if (gone != null) {
            fields -= gone.template.fields();
            touched();
        }
    }

    /** Drops all templates of one version and domain that are options templates, or are not. */
    void removeAll(int version, long domain, boolean options) {
        long prefix = key(version, domain, 0) >>> 16;
        boolean any =
                entries.entrySet()
                        .removeIf(
                                e ->
                                        e.getKey() >>> 16 == prefix
                                                && e.getValue().template.options() == options);
        if (any) {
            fields = entries.values().stream().mapToInt(e -> e.template.fields()).sum();
            touched();
        }
    }

    /** The template, or null. */
    Template template(long key) {
        Entry entry = entry(key);
        return entry == null ? null : entry.template;
    }

    /** How to read records of a template that is there. */
    Plan plan(long key) {
        Entry entry = entry(key);
        if (entry.plan == null) {
            entry.plan = Planner.compile(entry.template);
        }
        return entry.plan;
    }

    private Entry entry(long key) {
        if (key != lastKey) {
            last = entries.get(key);
            lastKey = key;
        }
        return last;
    }

    private void touched() {
        changed = true;
        lastKey = -1;
        last = null;
    }

    /** Epoch ms at which the exporter's uptime was 0, or {@link #NO_INIT}. */
    long systemInit() {
        return systemInit;
    }

    void systemInit(long epochMillis) {
        if (systemInit != epochMillis) {
            systemInit = epochMillis;
            changed = true;
        }
    }

    /** Stored apart, see there. */
    Sequences sequences() {
        return sequences;
    }

    void sequences(Sequences stored) {
        sequences = stored;
    }

    /** What options data of this source have said. */
    ExporterOptions options() {
        return options;
    }

    int size() {
        return entries.size();
    }

    /** Measure of its memory: fields, and what a template, a rate or a name takes beside them. */
    int weight() {
        return 24 + fields + 4 * entries.size() + 2 * (options.rates() + options.names());
    }

    void forEach(BiConsumer<Long, Template> action) {
        entries.forEach((key, entry) -> action.accept(key, entry.template));
    }

    /** True once after anything worth storing has changed. */
    boolean takeChanged() {
        boolean was = options.takeChanged() | changed;
        changed = false;
        return was;
    }
}
