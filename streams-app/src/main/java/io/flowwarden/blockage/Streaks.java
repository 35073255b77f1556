package io.flowwarden.blockage;

import io.flowwarden.classify.Hash;
import io.flowwarden.detect.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * All streaks of a task: bounded, the one touched longest ago goes first. Each is stored once for
 * every batch that touched it, with its place in that order, so a restart changes nothing.
 */
final class Streaks {
    private static final String PREFIX = "r/";

    /** Streaks of one source: by who is to end first, and by client. */
    static final class OfSource {
        private final TreeSet<Streak> due =
                new TreeSet<>(
                        Comparator.comparingLong((Streak s) -> s.due)
                                .thenComparingLong(s -> s.hash));
        private final Map<Long, List<Streak>> byClient = new HashMap<>();

        /** Those of a client, in an order that nothing but themselves decides. */
        List<Streak> of(long clientHi, long clientLo) {
            var found = new ArrayList<Streak>();
            for (Streak one : byClient.getOrDefault(Hash.mix(clientHi, clientLo), List.of())) {
                if (one.clientHi == clientHi && one.clientLo == clientLo) {
                    found.add(one);
                }
            }
            found.sort(Comparator.comparingLong(s -> s.hash));
            return found;
        }

        private void add(Streak streak) {
            due.add(streak);
            byClient.computeIfAbsent(client(streak), c -> new ArrayList<>()).add(streak);
        }

        private void remove(Streak streak) {
            due.remove(streak);
            List<Streak> siblings = byClient.get(client(streak));
            siblings.remove(streak);
            if (siblings.isEmpty()) {
                byClient.remove(client(streak));
            }
        }

        private static Long client(Streak streak) {
            return Hash.mix(streak.clientHi, streak.clientLo);
        }
    }

    private final Memory memory;
    private final int most;
    private final Map<Long, Streak> byHash = new LinkedHashMap<>();
    private final Map<String, OfSource> bySource = new HashMap<>();
    private final List<Streak> changed = new ArrayList<>();
    private long touches;

    Streaks(Memory memory, int most) {
        this.memory = memory;
        this.most = most;
        var stored = new ArrayList<Streak>();
        var unreadable = new ArrayList<String>();
        memory.scan(
                PREFIX,
                (key, value) -> {
                    Streak streak = Streak.decoded(value);
                    if (streak == null) {
                        unreadable.add(key);
                    } else {
                        stored.add(streak);
                    }
                });
        unreadable.forEach(memory::delete);
        stored.sort(Comparator.comparingLong(s -> s.touch));
        for (Streak streak : stored) {
            byHash.put(streak.hash, streak);
            ofSource(streak).add(streak);
            touches = streak.touch;
        }
    }

    int size() {
        return byHash.size();
    }

    /** Those of a source, or null where it has none. */
    OfSource of(String source) {
        return bySource.get(source);
    }

    Streak find(long hash) {
        return byHash.get(hash);
    }

    /**
     * A streak is new, or has changed.
     *
     * @param out gets those that had to make room
     */
    void touch(Streak streak, Consumer<Streak> out) {
        if (byHash.remove(streak.hash) != null) {
            ofSource(streak).due.remove(streak);
            streak.due = streak.last() + streak.patience;
            ofSource(streak).due.add(streak);
        } else {
            streak.due = streak.last() + streak.patience;
            ofSource(streak).add(streak);
        }
        byHash.put(streak.hash, streak);
        streak.touch = ++touches;
        if (!streak.changed) {
            streak.changed = true;
            changed.add(streak);
        }
        while (byHash.size() > most) {
            Streak oldest = byHash.values().iterator().next();
            remove(oldest);
            out.accept(oldest);
        }
    }

    void remove(Streak streak) {
        byHash.remove(streak.hash);
        OfSource siblings = ofSource(streak);
        siblings.remove(streak);
        if (siblings.due.isEmpty()) {
            bySource.remove(streak.source);
        }
        memory.delete(key(streak));
        streak.gone = true;
    }

    /** Removes those of a source whose time is over at this clock. */
    void expire(String source, long clock, Consumer<Streak> out) {
        OfSource of = bySource.get(source);
        while (of != null && !of.due.isEmpty() && of.due.first().due < clock) {
            Streak over = of.due.first();
            remove(over);
            out.accept(over);
        }
    }

    void forget(String source, Consumer<Streak> out) {
        expire(source, Long.MAX_VALUE, out);
    }

    void flush() {
        for (Streak streak : changed) {
            streak.changed = false;
            if (!streak.gone) {
                memory.put(key(streak), streak.encoded());
            }
        }
        changed.clear();
    }

    private OfSource ofSource(Streak streak) {
        return bySource.computeIfAbsent(streak.source, s -> new OfSource());
    }

    private static String key(Streak streak) {
        return PREFIX + Long.toHexString(streak.hash);
    }
}
