package io.flowwarden.witness;

import io.flowwarden.detect.Memory;
import io.flowwarden.schemas.LinkMinute;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes of a link by minute, as one source sees it. A minute is told when the source's clock has
 * passed it, zeros too; one that grows afterwards is told again, once a second at most.
 *
 * <p>Stored are segments of sixteen minutes, so that a batch mostly writes one, and by itself what
 * seldom changes: the pairs of a minute.
 */
final class Minutes {
    static final long MINUTE = 60_000;
    static final String PREFIX = "n/";

    private static final long NEVER = Long.MIN_VALUE;

    /** How long a minute may grow after it was told. */
    private static final long LATE = 15 * MINUTE;

    /** Minutes told at a time; the rest follows with the next record. */
    private static final int AT_ONCE = 1_000;

    private static final long SEGMENT = 16 * MINUTE;
    private static final char SEGMENTS = 's';
    private static final char PAIRS = 'p';
    private static final HexFormat HEX = HexFormat.of();

    private final LinkWatch watch;
    private final Memory memory;
    private final String keys;
    private final TreeMap<Long, Minute> minutes = new TreeMap<>();

    /** Start of the first minute that is not told. */
    private long next = NEVER;

    /** Whether any was told yet. */
    private boolean begun;

    /** The source's clock when minutes were last told late. */
    private long lateAt = NEVER;

    /** Whether one has grown after it was told; derived. */
    private boolean late;

    private boolean changed;

    Minutes(LinkWatch watch, Memory memory, String keys) {
        this.watch = watch;
        this.memory = memory;
        this.keys = PREFIX + keys + "\n";
    }

    /**
     * A flow, spread over the minutes it covers.
     *
     * @param forward bytes from the link's from to its to
     * @param pair {client high, low, server high, low} where it had payload, else null
     */
    void add(long start, long end, long forward, long reverse, long[] pair) {
        long latest = floor(Math.min(end, watch.source.clock + SourceWatch.STEP));
        long oldest = kept();
        // What lies before the minutes that are kept counts in the first of them: a window's sum
        // stays right.
        long first = Math.max(floor(Math.min(start, latest)), oldest);
        latest = Math.max(latest, first);
        if (next == NEVER || !begun && first < next) {
            next = first;
            watch.changed();
        }
        late |= first < next;
        long count = (latest - first) / MINUTE + 1;
        long begin = Math.max(start, first);
        long length = Math.max(1, end - begin);
        long sentForward = 0;
        long sentReverse = 0;
        for (long i = 0; i < count; i++) {
            long at = first + i * MINUTE;
            Minute minute = minutes.computeIfAbsent(at, none -> new Minute());
            // What is due by the end of this minute less what the ones before have got: the sum is
            // the flow's, whatever the rounding.
            boolean all = i == count - 1;
            double part = all ? 1 : (double) (at + MINUTE - begin) / length;
            long byNowForward = all ? forward : (long) (forward * Math.min(1, part));
            long byNowReverse = all ? reverse : (long) (reverse * Math.min(1, part));
            minute.forward += byNowForward - sentForward;
            minute.reverse += byNowReverse - sentReverse;
            sentForward = byNowForward;
            sentReverse = byNowReverse;
            if (pair != null) {
                minute.payload = true;
                minute.pair(pair[0], pair[1], pair[2], pair[3]);
            }
            minute.told = false;
            minute.changed = true;
        }
        changed = true;
    }

    /** Tells what the clock has passed, and what has grown since it was told; ends a batch. */
    void settle(Outbox out) {
        if (next == NEVER) {
            return;
        }
        if (late && watch.source.clock > lateAt) {
            tellLate(out);
        }
        long told = watch.source.told();
        int most = AT_ONCE;
        while (next + MINUTE <= told && most-- > 0) {
            Minute minute = minutes.get(next);
            if (minute != null) {
                tell(next, minute, false, out);
            } else if (next >= watch.source.floor - MINUTE || next > told - LATE) {
                tell(next, new Minute(), false, out);
            } else {
                // Nobody watched: on to the next that somebody did.
                Long later = minutes.ceilingKey(next);
                long watched = floor(Math.min(watch.source.floor, told));
                next = Math.max(next, later == null ? watched : Math.min(later, watched)) - MINUTE;
            }
            next += MINUTE;
            begun = true;
            watch.changed();
        }
        store();
    }

    /** Nobody watched until now: of that time only what is known is told. */
    void blind(long until, Outbox out) {
        long from = floor(until);
        if (next == NEVER || next >= from) {
            return;
        }
        minutes.subMap(next, from).forEach((start, minute) -> tell(start, minute, false, out));
        next = from;
        begun = true;
        watch.changed();
    }

    private void tellLate(Outbox out) {
        for (Map.Entry<Long, Minute> entry : minutes.headMap(next).entrySet()) {
            if (!entry.getValue().told) {
                tell(entry.getKey(), entry.getValue(), true, out);
            }
        }
        late = false;
        lateAt = watch.source.clock;
        watch.changed();
    }

    private void tell(long start, Minute minute, boolean late, Outbox out) {
        minute.told = true;
        minute.changed = true;
        changed = true;
        out.minute(
                watch.link.name(),
                watch.source.id,
                new LinkMinute(
                        watch.link.name(),
                        start,
                        minute.forward,
                        minute.reverse,
                        minute.payload,
                        late,
                        minute.pairs(),
                        minute.complete));
    }

    /** Writes what has changed and forgets what is too old to grow. */
    private void store() {
        if (changed) {
            long segment = NEVER;
            for (var entry : minutes.entrySet()) {
                Minute minute = entry.getValue();
                if (minute.changed) {
                    minute.changed = false;
                    if (minute.pairsChanged) {
                        minute.pairsChanged = false;
                        memory.put(key(PAIRS, entry.getKey()), minute.encodedPairs());
                    }
                    if (segment(entry.getKey()) != segment) {
                        segment = segment(entry.getKey());
                        memory.put(key(SEGMENTS, segment), encoded(segment));
                    }
                }
            }
            changed = false;
        }
        long oldest = Math.min(kept(), next);
        while (!minutes.isEmpty() && minutes.firstKey() < oldest) {
            long start = minutes.pollFirstEntry().getKey();
            memory.delete(key(PAIRS, start));
            if (minutes.isEmpty() || segment(minutes.firstKey()) != segment(start)) {
                memory.delete(key(SEGMENTS, segment(start)));
            }
        }
    }

    /** Each minute of a segment: its start, and what it has. */
    private byte[] encoded(long segment) {
        var of = minutes.subMap(segment, segment + SEGMENT);
        var to = ByteBuffer.allocate(of.size() * (Long.BYTES + Minute.BYTES));
        of.forEach((start, minute) -> minute.write(to.putLong(start)));
        return to.array();
    }

    private static long segment(long start) {
        return Math.floorDiv(start, SEGMENT) * SEGMENT;
    }

    private long kept() {
        return floor(watch.source.told() - LATE);
    }

    private String key(char what, long start) {
        return keys + what + HEX.toHexDigits(start);
    }

    private static long floor(long time) {
        return Math.floorDiv(time, MINUTE) * MINUTE;
    }

    /** Deletes all that is kept. */
    void forget() {
        memory.scan(keys, (key, value) -> memory.delete(key));
        minutes.clear();
        next = NEVER;
        begun = false;
        late = false;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(next);
        out.writeBoolean(begun);
        out.writeLong(lateAt);
    }

    void read(DataInputStream in) throws IOException {
        next = in.readLong();
        begun = in.readBoolean();
        lateAt = in.readLong();
        memory.scan(
                keys + SEGMENTS,
                (key, value) -> {
                    for (var from = ByteBuffer.wrap(value); from.hasRemaining(); ) {
                        minutes.put(from.getLong(), Minute.read(from));
                    }
                });
        memory.scan(
                keys + PAIRS,
                (key, value) -> {
                    int at = keys.length() + 1;
                    Minute minute =
                            minutes.get(HexFormat.fromHexDigitsToLong(key, at, key.length()));
                    if (minute != null) {
                        minute.decodePairs(value);
                    }
                });
        late = next != NEVER && minutes.headMap(next).values().stream().anyMatch(m -> !m.told);
    }
}
