package io.flowwarden.witness;

import io.flowwarden.detect.Memory;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Time as the ticks of the collectors tell it. Silence is counted in {@link #awake}: tick time
 * without the spans in which no collector was there to hear anything.
 */
final class TickTime {
    /** Collector id of {@code analyze}; a gap in files is as long as it looks. */
    private static final String FILES = "files";

    private static final String KEY = "t";
    private static final long NEVER = Long.MIN_VALUE;

    /** A collector that ticks again so long is back. */
    private static final long STEADY = 10_000;

    /** One that is gone so long was taken away. */
    private static final long GONE = 7L * 24 * 3600 * 1000;

    /** Collectors that are watched; more only move the time. */
    private static final int MOST = 256;

    /** A collector; times are tick time. */
    static final class Collector {
        long last = NEVER;

        /** Since when it is lost, or NEVER. */
        long lostSince = NEVER;

        /** Since when it ticks again. */
        long backSince = NEVER;
    }

    private final Memory memory;
    private final long gap;
    private final Map<String, Collector> collectors = new TreeMap<>();
    private long now = NEVER;
    private long awake;

    /** Awake time at the latest span in which no collector was there. */
    private long deafAt = NEVER;

    TickTime(Memory memory, long gap) {
        this.memory = memory;
        this.gap = gap;
        byte[] stored = memory.get(KEY);
        if (stored != null) {
            Fields.read(stored, this::read);
        }
    }

    /** Time of the latest tick, epoch ms, or the given time before the first. */
    long now(long otherwise) {
        return now == NEVER ? otherwise : now;
    }

    /** Tick time in which somebody listened, ms since the first tick. */
    long awake() {
        return awake;
    }

    /** Whether there was a span in which nobody listened since this awake time. */
    boolean wasDeafSince(long heard) {
        return deafAt != NEVER && heard <= deafAt + SourceWatch.STEP;
    }

    /** Whether ticks of this collector are those of files. */
    static boolean isFiles(String collector) {
        return collector.equals(FILES);
    }

    /** Takes a tick; tells of collectors that are lost or back. */
    void tick(String id, long at, Outbox out) {
        boolean files = isFiles(id);
        if (now != NEVER && at > now) {
            if (files || at - now <= gap) {
                awake += at - now;
            } else {
                deafAt = awake;
            }
        }
        now = Math.max(now, at);
        Collector one = collectors.get(id);
        if (one == null) {
            one = new Collector();
            if (collectors.size() < MOST) {
                collectors.put(id, one);
            }
        }
        if (!files) {
            if (one.last != NEVER && at - one.last > gap && one.lostSince == NEVER) {
                lose(id, one, out);
            }
            if (one.lostSince != NEVER && (one.backSince == NEVER || at - one.last > gap)) {
                one.backSince = at;
            }
            if (one.lostSince != NEVER && at - one.backSince >= STEADY) {
                clear(id, one, "it ticks again", out);
            }
        }
        one.last = Math.max(one.last, at);
        if (collectors.size() > 1) {
            missOthers(out);
        }
        memory.put(KEY, Fields.write(this::write));
    }

    private void missOthers(Outbox out) {
        for (var each = collectors.entrySet().iterator(); each.hasNext(); ) {
            var entry = each.next();
            Collector one = entry.getValue();
            if (entry.getKey().equals(FILES)) {
                continue;
            }
            if (now - one.last > GONE) {
                clear(entry.getKey(), one, "it has not been there for a week", out);
                each.remove();
            } else if (now - one.last > gap && one.lostSince == NEVER) {
                lose(entry.getKey(), one, out);
            }
        }
    }

    private void lose(String id, Collector one, Outbox out) {
        one.lostSince = one.last;
        one.backSince = NEVER;
        out.collector(
                id,
                now,
                one.lostSince,
                "OPEN",
                "it has not ticked for " + (now - one.lostSince) / 1000 + " s");
    }

    private void clear(String id, Collector one, String why, Outbox out) {
        out.collector(id, now, one.lostSince, "CLEAR", why);
        one.lostSince = NEVER;
        one.backSince = NEVER;
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeLong(now);
        out.writeLong(awake);
        out.writeLong(deafAt);
        out.writeInt(collectors.size());
        for (var entry : collectors.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue().last);
            out.writeLong(entry.getValue().lostSince);
            out.writeLong(entry.getValue().backSince);
        }
    }

    private void read(DataInputStream in) throws IOException {
        now = in.readLong();
        awake = in.readLong();
        deafAt = in.readLong();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            var one = new Collector();
            collectors.put(in.readUTF(), one);
            one.last = in.readLong();
            one.lostSince = in.readLong();
            one.backSince = in.readLong();
        }
    }
}
