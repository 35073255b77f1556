package io.flowwarden.unexpected;

import io.flowwarden.detect.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounded: the one touched longest ago goes first. Each is stored once for every batch that touched
 * it, with its place in that order, so a restart changes nothing.
 */
final class Parties {
    private final Memory memory;
    private final String prefix;
    private final int most;
    private final Map<Long, Party> parties = new LinkedHashMap<>();
    private final List<Party> changed = new ArrayList<>();
    private long touches;

    /**
     * @param prefix begins their keys in memory
     */
    Parties(Memory memory, String prefix, int most) {
        this.memory = memory;
        this.prefix = prefix;
        this.most = most;
        var stored = new ArrayList<Party>();
        memory.scan(prefix, (key, value) -> stored.add(Party.decoded(value)));
        stored.sort(Comparator.comparingLong(p -> p.touch));
        for (Party party : stored) {
            parties.put(party.key, party);
            touches = party.touch;
        }
    }

    int size() {
        return parties.size();
    }

    /** The one of this key in the hour of this time, or null. */
    Party find(long key, long time) {
        Party party = parties.get(key);
        if (party != null && party.at(time)) {
            touch(party);
        }
        return party;
    }

    /** The same; a new one if need be, which is kept once it is touched. */
    Party findOrMake(long key, String source, long time) {
        Party party = find(key, time);
        if (party == null) {
            party = new Party(key, source);
            party.at(time);
        }
        return party;
    }

    void touch(Party party) {
        parties.remove(party.key);
        parties.put(party.key, party);
        party.touch = ++touches;
        if (!party.changed) {
            party.changed = true;
            changed.add(party);
        }
        while (parties.size() > most) {
            remove(parties.values().iterator().next());
        }
    }

    void forget(String source) {
        List<Party> of = parties.values().stream().filter(p -> p.source.equals(source)).toList();
        of.forEach(this::remove);
    }

    void flush() {
        for (Party party : changed) {
            party.changed = false;
            if (!party.gone) {
                memory.put(key(party), party.encoded());
            }
        }
        changed.clear();
    }

    private void remove(Party party) {
        parties.remove(party.key);
        memory.delete(key(party));
        party.gone = true;
    }

    private String key(Party party) {
        return prefix + Long.toHexString(party.key);
    }
}
