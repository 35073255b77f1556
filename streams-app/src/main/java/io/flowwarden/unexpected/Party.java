package io.flowwarden.unexpected;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.detect.Memory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A client with its groups of unexpected flows of one hour, or a server with its clients. So many
 * are told one by one; of more there is only an estimate.
 *
 * <p>Stored under its name: when it began, and whose it is; under the name and a letter the flows
 * of each group, those that are not told one by one, and their estimate.
 */
final class Party {
    static final int MOST = 64;

    private static final long HOUR = 3_600_000;
    private static final char GROUP = 'g';
    private static final char REST = 'r';
    private static final char ESTIMATE = 'e';
    private static final HexFormat HEX = HexFormat.of();

    final long key;

    /** Source that sees it. */
    final String source;

    /** Its place among those that began earlier. */
    final long serial;

    private final long hour;
    private final Map<Long, Tally> named = new HashMap<>();

    /** All flows that are not told one by one; null while there are none. */
    private Tally rest;

    private Distinct distinct;
    private int told;

    // What was changed since it was stored.
    boolean changed;
    boolean gone;
    private boolean stored;
    private boolean restChanged;
    private boolean distinctChanged;
    private final List<Tally> touched = new ArrayList<>();

    /**
     * @param key hash of what it is
     * @param time in its hour
     */
    Party(long key, String source, long time, long serial) {
        this.key = key;
        this.source = source;
        this.serial = serial;
        hour = Math.floorDiv(time, HOUR);
    }

    /** Whether its hour has passed at this time; what is late counts as of the present one. */
    boolean isOver(long time) {
        return Math.floorDiv(time, HOUR) > hour;
    }

    /** Flows of this one, or null: it is new, or not told one by one. */
    Tally named(long hash) {
        return named.get(hash);
    }

    boolean hasRoom() {
        return named.size() < MOST;
    }

    int groups() {
        return named.size();
    }

    /** {@link Parties#name} counts it, too. */
    Tally name(long hash) {
        var tally = new Tally(hash);
        named.put(hash, tally);
        touch(tally);
        return tally;
    }

    /** A group of it was added to. */
    void touch(Tally tally) {
        if (!tally.changed) {
            tally.changed = true;
            touched.add(tally);
        }
    }

    /** One more that there is no room for. */
    Tally overflow(long hash) {
        if (rest == null) {
            rest = new Tally(0);
            distinct = new Distinct();
            named.keySet().forEach(distinct::add);
            distinctChanged = true;
        }
        distinctChanged |= distinct.add(hash);
        restChanged = true;
        return rest;
    }

    /** Whether enough was added that it has to be told. */
    boolean isNews() {
        return told == 0 || distinct() >= 2 * told || rest.isDue();
    }

    void told() {
        told = distinct();
        rest.told();
    }

    int distinct() {
        return rest == null
                ? named.size()
                : rest.count <= 1
                        ? named.size() + 1
                        : Math.max(named.size() + 1, distinct.estimate());
    }

    void store(Memory memory, String name) {
        if (!stored) {
            byte[] of = source.getBytes(UTF_8);
            memory.put(
                    name,
                    ByteBuffer.allocate(2 * Long.BYTES + of.length)
                            .putLong(serial)
                            .putLong(hour)
                            .put(of)
                            .array());
            stored = true;
        }
        for (Tally tally : touched) {
            tally.changed = false;
            var value = ByteBuffer.allocate(Long.BYTES + Tally.BYTES).putLong(tally.hash);
            tally.write(value);
            memory.put(group(name, tally.hash), value.array());
        }
        touched.clear();
        if (restChanged) {
            var value = ByteBuffer.allocate(Integer.BYTES + Tally.BYTES).putInt(told);
            rest.write(value);
            memory.put(name + REST, value.array());
            restChanged = false;
        }
        if (distinctChanged) {
            memory.put(name + ESTIMATE, distinct.registers());
            distinctChanged = false;
        }
    }

    void delete(Memory memory, String name) {
        memory.delete(name);
        named.keySet().forEach(hash -> memory.delete(group(name, hash)));
        if (rest != null) {
            memory.delete(name + REST);
            memory.delete(name + ESTIMATE);
        }
    }

    static Party read(long key, byte[] stored) {
        var in = ByteBuffer.wrap(stored);
        long serial = in.getLong();
        long hour = in.getLong();
        var party = new Party(key, UTF_8.decode(in).toString(), hour * HOUR, serial);
        party.stored = true;
        return party;
    }

    void readPart(char part, ByteBuffer in) {
        switch (part) {
            case GROUP -> {
                var tally = new Tally(in.getLong());
                tally.read(in);
                named.put(tally.hash, tally);
            }
            case REST -> {
                told = in.getInt();
                rest = new Tally(0);
                rest.read(in);
            }
            case ESTIMATE -> distinct = Distinct.read(in);
            default -> throw new IllegalStateException("a party has no part " + part);
        }
    }

    private static String group(String name, long hash) {
        return name + GROUP + HEX.toHexDigits(hash);
    }
}
