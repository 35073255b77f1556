package io.flowwarden.alert;

import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.SourceState;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The sources of flows and how they fare; every settle task knows all of them. */
final class Sources {
    private static final String PREFIX = "s/";
    private static final int VERSION = 3;

    /**
     * A source.
     *
     * @param exporter address, or null
     * @param silentSince clock at which it stands still, or null while it lives
     * @param met tick time at which it was new: what it said before, in an earlier life, is void
     * @param sampled whether its flows were
     */
    record Known(String exporter, Long silentSince, long met, boolean sampled) {}

    private final SettleMemory memory;

    /** A copy of what is in the store; bounded like the judge's register of sources. */
    private final TreeMap<String, Known> known = new TreeMap<>();

    private Roster roster = Roster.EMPTY;

    Sources(SettleMemory memory) {
        this.memory = memory;
        memory.scan(
                PREFIX,
                (key, value) -> {
                    Known source =
                            Fields.decode(
                                    VERSION,
                                    value,
                                    from -> {
                                        String exporter = from.text();
                                        boolean silent = from.flag();
                                        long since = from.number();
                                        return new Known(
                                                exporter,
                                                silent ? (Long) since : null,
                                                from.number(),
                                                from.flag());
                                    });
                    if (source != null) {
                        known.put(key.substring(PREFIX.length()), source);
                    }
                    return true;
                });
    }

    void roster(Roster now) {
        roster = now;
    }

    /**
     * @param arrival tick time
     */
    void take(String source, SourceState state, long arrival) {
        if (state.getState().equals("FORGOTTEN")) {
            known.remove(source);
            memory.delete(PREFIX + source);
            return;
        }
        boolean silent = state.getState().equals("SILENT");
        Known before = known.get(source);
        long met = before == null || state.getState().equals("NEW") ? arrival : before.met();
        var now =
                new Known(
                        state.getExporter(),
                        silent ? (Long) state.getSince() : null,
                        met,
                        state.getSampled());
        if (!now.equals(known.put(source, now))) {
            memory.put(
                    PREFIX + source,
                    Fields.encode(
                            VERSION,
                            now,
                            (to, value) ->
                                    to.text(value.exporter())
                                            .flag(silent)
                                            .number(state.getSince())
                                            .number(value.met())
                                            .flag(value.sampled())));
        }
    }

    Set<String> all() {
        return known.keySet();
    }

    /** Whether it tells nothing now: it fell silent, or nobody keeps track of it any more. */
    boolean isSilent(String source) {
        Known one = known.get(source);
        return one == null || one.silentSince() != null;
    }

    /** Whether it sees a part of the packets only. */
    boolean isSampled(String source) {
        Known one = known.get(source);
        Integer declared = roster.facts(source, exporter(source)).sampling();
        return one != null && one.sampled() || declared != null && declared > 1;
    }

    boolean knows(String source) {
        return known.containsKey(source);
    }

    /** Whether what a source said at that tick time still stands. */
    boolean stands(String source, long told) {
        Known one = known.get(source);
        return one != null && told >= one.met();
    }

    String exporter(String source) {
        Known one = known.get(source);
        return one == null ? null : one.exporter();
    }

    boolean hasExporter(String exporter) {
        return known.values().stream().anyMatch(one -> exporter.equals(one.exporter()));
    }

    /** Site whose side it sees, or null. */
    String side(String source) {
        return roster.facts(source, exporter(source)).side();
    }

    /** Since when every source of this exporter is silent, or null while one lives. */
    Long allSilentSince(String exporter) {
        Long latest = null;
        for (Known one : known.values()) {
            if (exporter.equals(one.exporter())) {
                if (one.silentSince() == null) {
                    return null;
                }
                latest = latest == null ? one.silentSince() : Math.max(latest, one.silentSince());
            }
        }
        return latest;
    }

    /**
     * Whether an exporter is silent alone: another one of its side lives, or there is none. Where
     * all fell silent, the way to the collector may have.
     */
    boolean isAlone(String exporter) {
        String side = sideOf(exporter);
        boolean others = false;
        for (var one : known.entrySet()) {
            boolean neighbour =
                    !exporter.equals(one.getValue().exporter())
                            && (side == null || side.equals(side(one.getKey())));
            if (neighbour && one.getValue().silentSince() == null) {
                return true;
            }
            others |= neighbour;
        }
        return !others;
    }

    private String sideOf(String exporter) {
        return known.entrySet().stream()
                .filter(one -> exporter.equals(one.getValue().exporter()))
                .map(one -> side(one.getKey()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether any source but those of this exporter lives. */
    boolean othersLive(String exporter) {
        return known.values().stream()
                .anyMatch(one -> one.silentSince() == null && !exporter.equals(one.exporter()));
    }
}
