package io.flowwarden.alert;

import io.flowwarden.schemas.PairState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pairs of sites, by what each source that watches them says: all settle tasks know the same. */
final class Pairs {
    private static final String PREFIX = "p/";
    private static final long SEES = Long.MIN_VALUE;

    private final SettleMemory memory;
    private final Sources sources;

    /** By pair: the sources that watch it, and since when each has lost it. */
    private final Map<String, TreeMap<String, Long>> lost = new TreeMap<>();

    Pairs(SettleMemory memory, Sources sources) {
        this.memory = memory;
        this.sources = sources;
        memory.scan(
                PREFIX,
                (key, value) -> {
                    int cut = key.indexOf('\n');
                    lost.computeIfAbsent(
                                    key.substring(PREFIX.length(), cut), pair -> new TreeMap<>())
                            .put(key.substring(cut + 1), ByteBuffer.wrap(value).getLong());
                    return true;
                });
    }

    static String name(String fromSite, String toSite) {
        return fromSite + ">" + toSite;
    }

    void take(String source, PairState state) {
        String pair = name(state.getFrom(), state.getTo());
        long since = state.getState().equals("LOST") ? state.getSince() : SEES;
        lost.computeIfAbsent(pair, name -> new TreeMap<>()).put(source, since);
        memory.put(
                PREFIX + pair + "\n" + source,
                ByteBuffer.allocate(Long.BYTES).putLong(since).array());
    }

    /** A source gave its place to others; returns the pairs, as from and to, that it watched. */
    List<String[]> forget(String source) {
        var watched = new ArrayList<String[]>();
        for (var pair : lost.entrySet()) {
            if (pair.getValue().remove(source) != null) {
                memory.delete(PREFIX + pair.getKey() + "\n" + source);
                watched.add(pair.getKey().split(">"));
            }
        }
        lost.values().removeIf(Map::isEmpty);
        return watched;
    }

    /**
     * When everything between two sites was last seen, if it is lost: every source that watched it
     * on the side of its end, or of any side where none stands there, and that lives, has lost it.
     */
    Long lostSince(String fromSite, String toSite) {
        TreeMap<String, Long> by =
                fromSite == null || toSite == null ? null : lost.get(name(fromSite, toSite));
        if (by == null) {
            return null;
        }
        boolean atItsEnd =
                by.keySet().stream().anyMatch(s -> !blind(s) && toSite.equals(sources.side(s)));
        Long latest = null;
        for (var watcher : by.entrySet()) {
            String source = watcher.getKey();
            if (blind(source) || atItsEnd && !toSite.equals(sources.side(source))) {
                continue;
            }
            if (watcher.getValue() == SEES) {
                return null;
            }
            latest = latest == null ? watcher.getValue() : Math.max(latest, watcher.getValue());
        }
        return latest;
    }

    private boolean blind(String source) {
        return sources.isSilent(source);
    }
}
