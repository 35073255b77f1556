package io.flowwarden.unexpected;

import io.flowwarden.detect.Memory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounded, by their number and by that of all their groups: the one whose hour began longest ago
 * goes first, with the end of the batch. What a batch changed of one is stored by itself, so a flow
 * costs the put of its group and not of all that its client does.
 */
final class Parties {
    private static final int GROUPS_PER_PARTY = 5;
    private static final HexFormat HEX = HexFormat.of();

    private final Memory memory;
    private final String prefix;
    private final int most;

    /** In the order in which their hours began. */
    private final Map<Long, Party> parties = new LinkedHashMap<>();

    private final List<Party> changed = new ArrayList<>();
    private long begun;
    private int groups;

    /**
     * @param prefix begins their keys in memory
     */
    Parties(Memory memory, String prefix, int most) {
        this.memory = memory;
        this.prefix = prefix;
        this.most = most;
        load();
    }

    int size() {
        return parties.size();
    }

    /** The one of this key, or null; one whose hour is over at this time is no more. */
    Party find(long key, long time) {
        Party party = parties.get(key);
        if (party != null && party.isOver(time)) {
            remove(party);
            return null;
        }
        return party;
    }

    /** The same; a new one if need be, of which something is then changed. */
    Party findOrMake(long key, String source, long time) {
        Party party = find(key, time);
        if (party == null) {
            party = new Party(key, source, time, ++begun);
            parties.put(key, party);
        }
        return party;
    }

    /** A new group of the party. */
    Tally name(Party party, long hash) {
        groups++;
        return party.name(hash);
    }

    /** Something of it was changed: to be stored with the batch. */
    void changed(Party party) {
        if (!party.changed) {
            party.changed = true;
            changed.add(party);
        }
    }

    void forget(String source) {
        List<Party> of = parties.values().stream().filter(p -> p.source.equals(source)).toList();
        of.forEach(this::remove);
    }

    /** Ends the batch. */
    void flush() {
        while (parties.size() > most || groups > Math.max(most, Party.MOST) * GROUPS_PER_PARTY) {
            remove(parties.values().iterator().next());
        }
        for (Party party : changed) {
            party.changed = false;
            if (!party.gone) {
                party.store(memory, name(party.key));
            }
        }
        changed.clear();
    }

    private void remove(Party party) {
        parties.remove(party.key);
        groups -= party.groups();
        party.delete(memory, name(party.key));
        party.gone = true;
    }

    private void load() {
        var stored = new ArrayList<Party>();
        // A party's own entry comes before those of its groups: its key is the beginning of theirs.
        memory.scan(
                prefix,
                (name, value) -> {
                    if (name.length() == prefix.length() + 2 * Long.BYTES) {
                        stored.add(
                                Party.read(
                                        HexFormat.fromHexDigitsToLong(
                                                name, prefix.length(), name.length()),
                                        value));
                    } else if (!stored.isEmpty()) {
                        stored.get(stored.size() - 1)
                                .readPart(
                                        name.charAt(prefix.length() + 2 * Long.BYTES),
                                        ByteBuffer.wrap(value));
                    }
                });
        stored.sort(Comparator.comparingLong(p -> p.serial));
        for (Party party : stored) {
            parties.put(party.key, party);
            groups += party.groups();
            begun = party.serial;
        }
    }

    private String name(long key) {
        return prefix + HEX.toHexDigits(key);
    }
}
