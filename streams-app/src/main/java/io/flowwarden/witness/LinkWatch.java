package io.flowwarden.witness;

import io.flowwarden.detect.Memory;
import io.flowwarden.roster.DeclaredLink;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;

/** A link as one source sees it: its members, each with its last sighting, and its minutes. */
final class LinkWatch {
    static final String STATE = "l/";
    static final String MEMBERS = "m/";

    private static final long EIGHTHS = 8;
    private static final long HOUR = 3_600_000;

    /** Who has not seen a member for so long has no say about it. */
    private static final long STALE = 7 * 24 * HOUR;

    final SourceWatch source;
    final Members members = new Members();
    DeclaredLink link;

    /** From when on this source looks for it, epoch ms. */
    long since;

    boolean seen;
    boolean unseenTold;
    Minutes minutes;

    /** Whether the record at hand has flows of it. */
    boolean touched;

    private final Memory memory;
    private final Population population;
    private final SampledPackets sampled = new SampledPackets();
    private final String keys;
    private long quantum;
    private long deadline;
    private PairWatch pair;
    private boolean dirty;

    LinkWatch(
            SourceWatch source,
            DeclaredLink link,
            long since,
            Memory memory,
            Population population) {
        this.source = source;
        this.since = since;
        this.memory = memory;
        this.population = population;
        keys = source.id + "\n" + link.name();
        declare(link);
    }

    private void declare(DeclaredLink now) {
        link = now;
        pair = null;
        deadline = link.deadline();
        quantum = deadline == 0 ? HOUR : Math.max(1, deadline / EIGHTHS);
        if (link.byMinutes() && minutes == null) {
            minutes = new Minutes(this, memory, keys);
        }
    }

    /** Whether to wait for this source before the member is missing. */
    boolean decides() {
        return source.delay() <= deadline && !isThin();
    }

    /** Sampled so thinly that a member may well be there and not be seen in a deadline. */
    private boolean isThin() {
        return source.sampling() > 1 && deadline > 0 && sampled.isThin(members.seen.size());
    }

    /**
     * The source sees a member; of a group, all are one.
     *
     * @param start of the flow, epoch ms
     * @param end of the flow, epoch ms
     * @param packets as exported
     */
    void sight(
            long clientHi,
            long clientLo,
            long serverHi,
            long serverLo,
            long start,
            long end,
            long packets,
            boolean reversed,
            Outbox out) {
        if (!link.oneByOne()) {
            clientHi = 0;
            clientLo = 0;
            serverHi = 0;
            serverLo = 0;
        }
        // A source's word does not reach beyond its own clock.
        long told = Math.min(end, source.clock + SourceWatch.STEP);
        long last = roundUp(told);
        if (pair == null) {
            pair = PairWatch.of(this);
        }
        if (pair != null) {
            pair.seen(told, out);
        }
        if (!seen) {
            seen = true;
            dirty = true;
            out.unseen(link.name(), source.id, "SEEN", since, end);
        }
        if (source.sampling() > 1 && deadline > 0) {
            sampled.count(packets, last, deadline);
            dirty = true;
        }
        int row = members.find(clientHi, clientLo, serverHi, serverLo);
        if (row < 0) {
            row = add(clientHi, clientLo, serverHi, serverLo, last, out);
            members.mark(row, Members.REVERSED, reversed);
            sees(row, end, out);
        } else if (members.is(row, Members.LOST)) {
            members.lost.remove(row, members.get(row, Members.LAST));
            members.mark(row, Members.LOST, false);
            members.mark(row, Members.REVERSED, reversed);
            last = Math.max(last, members.get(row, Members.LAST));
            restart(row, last);
            members.seen.add(row, last);
            sees(row, end, out);
        } else if (!again(row, start, last, packets, out)) {
            return;
        }
        store(row);
    }

    private void sees(int row, long at, Outbox out) {
        pair = PairWatch.sees(this, at, memory, out);
        out.sight(
                this,
                "SEES",
                at,
                members.member(row),
                members.get(row, Members.LAST),
                null,
                members.is(row, Members.REVERSED));
    }

    /** A member that is seen is seen again; returns whether that says anything new. */
    private boolean again(int row, long start, long last, long packets, Outbox out) {
        long before = members.get(row, Members.LAST);
        boolean beats = deadline > 0 && Beats.isExpected(link);
        if (last <= before && !beats) {
            return false;
        }
        long slots = members.get(row, Members.SLOTS);
        if (beats) {
            long marks = Beats.marks(start, last, packets, quantum);
            long newer = (last - before) / quantum;
            long now =
                    newer > 0
                            ? Beats.shift(slots, newer) | marks
                            : slots | Beats.shift(marks, -newer);
            members.set(row, Members.SLOTS, now);
            if (last <= before) {
                return now != slots;
            }
        }
        members.seen.remove(row, before);
        members.set(row, Members.LAST, last);
        members.seen.add(row, last);
        if (beats) {
            judgeBeats(row, before, last, out);
        }
        return true;
    }

    /** When a deadline's eighths are complete: whether the last three had too few. */
    private void judgeBeats(int row, long before, long last, Outbox out) {
        long newest = last / quantum;
        long end = newest / EIGHTHS * EIGHTHS;
        if (before / quantum / EIGHTHS * EIGHTHS == end) {
            return;
        }
        long begin = end - Beats.EIGHTHS;
        boolean known =
                members.flags(row) >>> Members.FLAG_BITS <= begin
                        && Math.max(source.floor, since) <= begin * quantum
                        && source.sampling() == 1
                        && !source.losses.isOpen();
        if (!known) {
            return;
        }
        long slots = members.get(row, Members.SLOTS) >>> newest - end;
        int needed = Beats.needed(link);
        boolean low = Beats.tooFew(slots, needed);
        if (low || members.is(row, Members.LOW)) {
            members.mark(row, Members.LOW, low);
            long at = end * quantum;
            out.degraded(this, low, at, members.member(row), slots, at, needed);
        }
    }

    private int add(long ch, long cl, long sh, long sl, long last, Outbox out) {
        if (population.isFull()) {
            makeRoom(out);
        }
        int row = members.add(ch, cl, sh, sl);
        population.change(1);
        restart(row, last);
        members.seen.add(row, last);
        return row;
    }

    /** Its beats are counted from this sighting on. */
    private void restart(int row, long last) {
        members.set(row, Members.LAST, last);
        members.set(row, Members.SLOTS, 1);
        long flags = members.flags(row) & (1 << Members.FLAG_BITS) - 1;
        members.flags(row, last / quantum << Members.FLAG_BITS | flags);
    }

    /** Forgets those that were seen longest ago; the link that has too many pays for it. */
    private void makeRoom(Outbox out) {
        LinkWatch largest = this;
        for (LinkWatch other : source.links.values()) {
            largest = other.members.size() > largest.members.size() ? other : largest;
        }
        largest.forgetOldest(population.share(), out);
    }

    private void forgetOldest(int count, Outbox out) {
        for (int left = count; left > 0 && members.size() > 0; ) {
            Ages ages =
                    members.seen.size() == 0
                                    || members.lost.size() > 0
                                            && members.lost.oldest() < members.seen.oldest()
                            ? members.lost
                            : members.seen;
            int[] rows = sorted(ages.takeOldest(ages.oldestSize()));
            for (int i = 0; i < rows.length && left > 0; i++, left--) {
                forget(rows[i], out);
            }
        }
    }

    private void forget(int row, Outbox out) {
        out.sight(
                this,
                "FORGOTTEN",
                source.clock,
                members.member(row),
                members.get(row, Members.LAST),
                null,
                members.is(row, Members.REVERSED));
        drop(row);
    }

    private void drop(int row) {
        memory.delete(memberKey(row));
        members.remove(row);
        population.change(-1);
    }

    /**
     * Tells which members' deadlines have passed.
     *
     * @param most how many at most
     * @return how many were told
     */
    int expire(int most, Outbox out) {
        long told = source.told();
        long from = Math.max(source.floor, since);
        if (deadline == 0 || members.seen.size() == 0 || told <= from + deadline) {
            return 0;
        }
        int count = 0;
        while (count < most
                && members.seen.size() > 0
                && members.seen.oldest() + deadline < told
                && source.mayMiss()) {
            long last = members.seen.oldest();
            boolean speaks = last >= told - STALE || source.isNamedBy(link);
            boolean thin = isThin();
            for (int row : sorted(members.seen.takeOldest(most - count))) {
                if (thin || !speaks || isTransient(row)) {
                    forget(row, out);
                } else {
                    lose(row, Math.max(last, from) + deadline, out);
                }
                count++;
            }
        }
        return count;
    }

    private boolean isTransient(int row) {
        long[] m = members.member(row);
        return source.roster().isTransient(m[0], m[1]) || source.roster().isTransient(m[2], m[3]);
    }

    private void lose(int row, long at, Outbox out) {
        PairWatch.loses(this, source.told(), at, out);
        long last = members.get(row, Members.LAST);
        members.seen.remove(row, last);
        members.mark(row, Members.LOST, true);
        members.lost.add(row, last);
        store(row);
        out.sight(
                this, "LOST", at, members.member(row), last, at, members.is(row, Members.REVERSED));
    }

    /** The source's clock was set back: what lies ahead of it was seen just now. */
    void clockSet() {
        long now = roundUp(source.clock);
        while (members.seen.size() > 0 && members.seen.newest() > now) {
            for (int row : members.seen.takeNewest()) {
                members.seen.remove(row, members.get(row, Members.LAST));
                restart(row, now);
                members.seen.add(row, now);
                store(row);
            }
        }
    }

    /** The link was declared anew: what was seen of it counts as far as it still belongs to it. */
    void redeclare(DeclaredLink now, long at, Outbox out) {
        var kept = new ArrayList<long[]>();
        for (Ages ages : new Ages[] {members.seen, members.lost}) {
            while (ages.size() > 0) {
                for (int row : sorted(ages.takeOldest(ages.oldestSize()))) {
                    long[] m = members.member(row);
                    boolean group = (m[0] | m[1] | m[2] | m[3]) == 0;
                    boolean stays = now.oneByOne() ? now.covers(m[0], m[1], m[2], m[3]) : group;
                    if (stays) {
                        kept.add(
                                new long[] {
                                    m[0],
                                    m[1],
                                    m[2],
                                    m[3],
                                    members.get(row, Members.LAST),
                                    members.flags(row) & (Members.LOST | Members.REVERSED)
                                });
                        drop(row);
                    } else {
                        forget(row, out);
                    }
                }
            }
        }
        if (minutes != null && !now.byMinutes()) {
            minutes.forget();
            minutes = null;
        }
        since = at;
        unseenTold = false;
        seen = !kept.isEmpty();
        dirty = true;
        declare(now);
        for (long[] m : kept) {
            int row = members.add(m[0], m[1], m[2], m[3]);
            population.change(1);
            members.flags(row, m[5]);
            restart(row, roundUp(m[4]));
            members.listOf(row).add(row, members.get(row, Members.LAST));
            store(row);
        }
        store();
    }

    /** Rows in the order of their addresses: what is found does not depend on where they stand. */
    private int[] sorted(int[] rows) {
        return Arrays.stream(rows)
                .boxed()
                .sorted(
                        Comparator.comparing(
                                members::member, (a, b) -> Arrays.compareUnsigned(a, b)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private long roundUp(long time) {
        return -Math.floorDiv(-time, quantum) * quantum;
    }

    // What is kept of it.

    void changed() {
        dirty = true;
    }

    /** Writes what a batch has changed, its members apart. */
    void store() {
        if (pair != null) {
            pair.store();
        }
        if (dirty) {
            memory.put(STATE + keys, Fields.write(this::write));
            dirty = false;
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeLong(since);
        out.writeBoolean(seen);
        out.writeBoolean(unseenTold);
        sampled.write(out);
        out.writeBoolean(minutes != null);
        if (minutes != null) {
            minutes.write(out);
        }
    }

    private void store(int row) {
        long[] m = members.member(row);
        memory.put(
                memberKey(row),
                ByteBuffer.allocate(7 * Long.BYTES)
                        .putLong(m[0])
                        .putLong(m[1])
                        .putLong(m[2])
                        .putLong(m[3])
                        .putLong(members.get(row, Members.LAST))
                        .putLong(members.get(row, Members.SLOTS))
                        .putLong(members.flags(row))
                        .array());
    }

    private String memberKey(int row) {
        long[] m = members.member(row);
        return MEMBERS + keys + "\n" + DeclaredLink.member(m[0], m[1], m[2], m[3]);
    }

    /** Reads back what {@link #store} wrote, members and minutes included. */
    void restore(byte[] state) {
        Fields.read(state, this::read);
        memory.scan(
                MEMBERS + keys + "\n",
                (key, value) -> {
                    var from = ByteBuffer.wrap(value);
                    int row =
                            members.add(
                                    from.getLong(), from.getLong(), from.getLong(), from.getLong());
                    members.set(row, Members.LAST, from.getLong());
                    members.set(row, Members.SLOTS, from.getLong());
                    members.flags(row, from.getLong());
                    members.listOf(row).add(row, members.get(row, Members.LAST));
                    population.change(1);
                });
    }

    private void read(DataInputStream in) throws IOException {
        since = in.readLong();
        seen = in.readBoolean();
        unseenTold = in.readBoolean();
        sampled.read(in);
        if (in.readBoolean() && minutes != null) {
            minutes.read(in);
        }
    }

    /** Deletes all that is kept of it. */
    void forget() {
        memory.delete(STATE + keys);
        memory.scan(MEMBERS + keys + "\n", (key, value) -> memory.delete(key));
        population.change(-members.size());
        if (minutes != null) {
            minutes.forget();
        }
    }
}
