package io.flowwarden.witness;

import io.flowwarden.detect.Memory;
import java.nio.ByteBuffer;

/** Whether a source still sees anything between two sites. */
final class PairWatch {
    private static final String PREFIX = "p/";

    /** Fewer that stop together are no matter of the sites. */
    private static final int LEAST = 2;

    final String from;
    final String to;
    private final SourceWatch source;
    private final Memory memory;
    private boolean lost;

    /** When anything between them was seen last, epoch ms, to the second. */
    private long last = Long.MIN_VALUE;

    private boolean dirty;

    private PairWatch(SourceWatch source, String from, String to, Memory memory) {
        this.source = source;
        this.from = from;
        this.to = to;
        this.memory = memory;
    }

    /** The pairs that a source has seen. */
    static void restore(SourceWatch source, Memory memory) {
        String prefix = PREFIX + source.id + "\n";
        memory.scan(
                prefix,
                (key, value) -> {
                    String[] sites = key.substring(prefix.length()).split("\n");
                    var pair = new PairWatch(source, sites[0], sites[1], memory);
                    var stored = ByteBuffer.wrap(value);
                    pair.lost = stored.get() == 1;
                    pair.last = stored.getLong();
                    source.pairs.put(name(sites[0], sites[1]), pair);
                });
    }

    static void forget(String source, Memory memory) {
        memory.scan(PREFIX + source + "\n", (key, value) -> memory.delete(key));
    }

    private static String name(String from, String to) {
        return from + "\n" + to;
    }

    /** The pair that a link is between, or null: known from its first member on. */
    static PairWatch of(LinkWatch watch) {
        return spansSites(watch)
                ? watch.source.pairs.get(name(watch.link.fromSite(), watch.link.toSite()))
                : null;
    }

    /** Anything of it is seen: if nothing was, it is back. */
    void seen(long at, Outbox out) {
        if (at <= last) {
            return;
        }
        last = roundUp(at);
        dirty = true;
        if (lost) {
            back(at, out);
        }
    }

    private static long roundUp(long at) {
        return -Math.floorDiv(-at, SourceWatch.STEP) * SourceWatch.STEP;
    }

    private void back(long at, Outbox out) {
        lost = false;
        dirty = true;
        out.pair(source, this, "SEES", at, 0, at);
    }

    /** A member of a link is seen that was not before; returns the pair, if it is between two. */
    static PairWatch sees(LinkWatch watch, long at, Memory memory, Outbox out) {
        if (!spansSites(watch)) {
            return null;
        }
        String from = watch.link.fromSite();
        String to = watch.link.toSite();
        PairWatch pair = watch.source.pairs.get(name(from, to));
        if (pair == null) {
            pair = new PairWatch(watch.source, from, to, memory);
            watch.source.pairs.put(name(from, to), pair);
            pair.last = roundUp(at);
            pair.back(at, out);
        } else if (pair.lost) {
            pair.back(at, out);
        }
        return pair;
    }

    /** The source's clock was set back. */
    void clockSet() {
        last = Math.min(last, roundUp(source.clock));
        dirty = true;
        store();
    }

    /** A member is about to be lost: if all of its sites' are, that comes first. */
    static void loses(LinkWatch watch, long clock, long at, Outbox out) {
        PairWatch pair = of(watch);
        if (pair != null && !pair.lost) {
            pair.judge(watch.link.deadline(), clock, at, out);
        }
    }

    /**
     * Nothing at all of the pair for half the deadline of the member that is lost: more than
     * chance. Those that have a longer deadline are not waited for, they need not have been there.
     */
    private void judge(long deadline, long clock, long at, Outbox out) {
        if (clock <= last + deadline / 2) {
            return;
        }
        int together = 0;
        int before = 0;
        for (LinkWatch watch : source.links.values()) {
            Members members = watch.members;
            boolean between = from.equals(watch.link.fromSite()) && to.equals(watch.link.toSite());
            long patience = watch.link.deadline();
            if (!between || patience == 0) {
                continue;
            }
            before += members.lost.size();
            boolean due =
                    members.seen.size() > 0
                            && (patience <= deadline
                                    || clock > members.seen.newest() + patience / 2);
            together += due ? members.seen.size() : 0;
        }
        // Those lost one after the other are no outage; a few that were taken down long ago
        // do not hide one.
        if (together >= LEAST && before * 2L <= together) {
            lost = true;
            dirty = true;
            store();
            out.pair(source, this, "LOST", at, together, last);
        }
    }

    private static boolean spansSites(LinkWatch watch) {
        String from = watch.link.fromSite();
        return from != null && watch.link.toSite() != null && !from.equals(watch.link.toSite());
    }

    /** Writes what a batch has changed. */
    void store() {
        if (dirty) {
            memory.put(
                    PREFIX + source.id + "\n" + name(from, to),
                    ByteBuffer.allocate(1 + Long.BYTES)
                            .put((byte) (lost ? 1 : 0))
                            .putLong(last)
                            .array());
            dirty = false;
        }
    }
}
