package io.flowwarden.witness;

import io.flowwarden.detect.Memory;

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
                    pair.lost = value[0] == 1;
                    source.pairs.put(name(sites[0], sites[1]), pair);
                });
    }

    static void forget(String source, Memory memory) {
        memory.scan(PREFIX + source + "\n", (key, value) -> memory.delete(key));
    }

    private static String name(String from, String to) {
        return from + "\n" + to;
    }

    /** A member of a link between these sites is seen that was not before. */
    static void sees(LinkWatch watch, long at, Memory memory, Outbox out) {
        if (!spansSites(watch)) {
            return;
        }
        String from = watch.link.fromSite();
        String to = watch.link.toSite();
        PairWatch pair = watch.source.pairs.get(name(from, to));
        if (pair == null) {
            pair = new PairWatch(watch.source, from, to, memory);
            watch.source.pairs.put(name(from, to), pair);
        } else if (!pair.lost) {
            return;
        }
        pair.lost = false;
        pair.store();
        out.pair(watch.source, pair, "SEES", at, 0, at);
    }

    /** A member is about to be lost: if all of its sites' are, that comes first. */
    static void loses(LinkWatch watch, long clock, long at, Outbox out) {
        if (!spansSites(watch)) {
            return;
        }
        PairWatch pair = watch.source.pairs.get(name(watch.link.fromSite(), watch.link.toSite()));
        if (pair != null && !pair.lost) {
            pair.judge(clock, at, out);
        }
    }

    private void judge(long clock, long at, Outbox out) {
        int together = 0;
        int before = 0;
        long newest = Long.MIN_VALUE;
        for (LinkWatch watch : source.links.values()) {
            long deadline = watch.link.deadline();
            if (deadline == 0
                    || !from.equals(watch.link.fromSite())
                    || !to.equals(watch.link.toSite())) {
                continue;
            }
            Members members = watch.members;
            before += members.lost.size();
            if (members.seen.size() > 0) {
                long last = members.seen.newest();
                if (clock <= last + deadline / 2) {
                    return;
                }
                newest = Math.max(newest, last);
                together += members.seen.size();
            }
        }
        // Those lost one after the other are no outage; a few that were taken down long ago
        // do not hide one.
        if (together >= LEAST && before * 2L <= together) {
            lost = true;
            store();
            out.pair(source, this, "LOST", at, together, newest);
        }
    }

    private static boolean spansSites(LinkWatch watch) {
        String from = watch.link.fromSite();
        return from != null && watch.link.toSite() != null && !from.equals(watch.link.toSite());
    }

    private void store() {
        memory.put(PREFIX + source.id + "\n" + name(from, to), new byte[] {(byte) (lost ? 1 : 0)});
    }
}
