package io.flowwarden.unexpected;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A client with its groups of unexpected flows of one hour, or a server with its clients. So many
 * are told one by one; of more there is only an estimate.
 */
final class Party {
    static final int MOST = 64;

    private static final long HOUR = 3_600_000;

    final long key;

    /** Source that sees it. */
    final String source;

    long touch;

    private long hour = Long.MIN_VALUE;
    private final Map<Long, Tally> named = new LinkedHashMap<>();

    /** All flows that are not told one by one; null while there are none. */
    private Tally rest;

    private Distinct distinct;
    private int told;

    boolean changed;
    boolean gone;

    /**
     * @param key hash of what it is
     */
    Party(long key, String source) {
        this.key = key;
        this.source = source;
    }

    /**
     * Begins a new hour if that is one; what is late counts as of the present one.
     *
     * @return whether it did
     */
    boolean at(long time) {
        long of = Math.floorDiv(time, HOUR);
        if (of <= hour) {
            return false;
        }
        hour = of;
        named.clear();
        rest = null;
        distinct = null;
        told = 0;
        return true;
    }

    /** Flows of this one, or null: it is new, or not told one by one. */
    Tally named(long hash) {
        return named.get(hash);
    }

    boolean hasRoom() {
        return named.size() < MOST;
    }

    Tally name(long hash) {
        var tally = new Tally();
        named.put(hash, tally);
        return tally;
    }

    /** One more that there is no room for. */
    Tally overflow(long hash) {
        if (rest == null) {
            rest = new Tally();
            distinct = new Distinct();
            named.keySet().forEach(distinct::add);
        }
        distinct.add(hash);
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
                : rest.count <= 1 ? MOST + 1 : Math.max(MOST + 1, distinct.estimate());
    }

    byte[] encoded() {
        byte[] name = source.getBytes(UTF_8);
        int size =
                3 * Long.BYTES
                        + 2 * Integer.BYTES
                        + name.length
                        + 1
                        + named.size() * (Long.BYTES + Tally.BYTES)
                        + (rest == null ? 0 : Tally.BYTES + Distinct.BYTES + Integer.BYTES);
        var out = ByteBuffer.allocate(size).putLong(key).putLong(touch).putLong(hour);
        out.putInt(name.length).put(name).putInt(named.size());
        named.forEach(
                (hash, tally) -> {
                    out.putLong(hash);
                    tally.write(out);
                });
        out.put((byte) (rest == null ? 0 : 1));
        if (rest != null) {
            rest.write(out);
            distinct.write(out);
            out.putInt(told);
        }
        return out.array();
    }

    static Party decoded(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        long key = in.getLong();
        long touch = in.getLong();
        long hour = in.getLong();
        byte[] name = new byte[in.getInt()];
        in.get(name);
        var party = new Party(key, new String(name, UTF_8));
        party.touch = touch;
        party.hour = hour;
        int names = in.getInt();
        for (int n = 0; n < names; n++) {
            party.named.put(in.getLong(), Tally.read(in));
        }
        if (in.get() != 0) {
            party.rest = Tally.read(in);
            party.distinct = Distinct.read(in);
            party.told = in.getInt();
        }
        return party;
    }
}
