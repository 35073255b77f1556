package io.flowwarden.witness;

import io.flowwarden.detect.Memory;
import io.flowwarden.schemas.LinkMinute;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes of a link by minute, as one source sees it. A minute is told when the source's clock has
 * passed it, zeros too; one that grows afterwards is told again.
 */
final class Minutes {
    static final long MINUTE = 60_000;
    static final String PREFIX = "n/";

    private static final long NEVER = Long.MIN_VALUE;

    /** How long a minute may grow after it was told. */
    private static final long LATE = 15 * MINUTE;

    /** Minutes told at a time; the rest follows with the next record. */
    private static final int AT_ONCE = 1_000;

    private final LinkWatch watch;
    private final Memory memory;
    private final String keys;
    private final TreeMap<Long, Minute> minutes = new TreeMap<>();

    /** Start of the first minute that is not told. */
    private long next = NEVER;

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
        if (next == NEVER || first < next && minutes.isEmpty()) {
            next = next == NEVER ? first : next;
            watch.changed();
        }
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
            minute.changed = true;
        }
        changed = true;
    }

    /** Tells what the clock has passed, and what has grown since it was told; ends a batch. */
    void settle(Outbox out) {
        if (next == NEVER) {
            return;
        }
        if (changed) {
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
            watch.changed();
        }
        store();
    }

    private void tellLate(Outbox out) {
        for (Map.Entry<Long, Minute> entry : minutes.headMap(next).entrySet()) {
            if (entry.getValue().changed) {
                tell(entry.getKey(), entry.getValue(), true, out);
            }
        }
    }

    private void tell(long start, Minute minute, boolean late, Outbox out) {
        minute.told = true;
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

    /** Writes what has grown and forgets what is too old to grow. */
    private void store() {
        if (changed) {
            for (var entry : minutes.entrySet()) {
                if (entry.getValue().changed) {
                    entry.getValue().changed = false;
                    memory.put(key(entry.getKey()), entry.getValue().encode());
                }
            }
            changed = false;
        }
        long oldest = Math.min(kept(), next);
        while (!minutes.isEmpty() && minutes.firstKey() < oldest) {
            memory.delete(key(minutes.pollFirstEntry().getKey()));
        }
    }

    private long kept() {
        return floor(watch.source.told() - LATE);
    }

    private String key(long start) {
        return keys + "%016x".formatted(start);
    }

    private static long floor(long time) {
        return Math.floorDiv(time, MINUTE) * MINUTE;
    }

    /** Deletes all that is kept. */
    void forget() {
        minutes.keySet().forEach(start -> memory.delete(key(start)));
        minutes.clear();
        next = NEVER;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(next);
    }

    void read(DataInputStream in) throws IOException {
        next = in.readLong();
        memory.scan(
                keys,
                (key, value) ->
                        minutes.put(
                                Long.parseLong(key, keys.length(), key.length(), 16),
                                Minute.decode(value)));
    }
}
