package io.flowwarden.witness;

import io.flowwarden.detect.Memory;
import io.flowwarden.roster.Calendar;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.LinkKind;
import io.flowwarden.roster.Roster;

/** Links that a source could see and, for as long as it takes to be sure, does not. */
final class Unseen {
    private static final long DAY = 24L * 3600 * 1000;

    private Unseen() {}

    static void settle(
            SourceWatch source, Roster roster, Memory memory, Population population, Outbox out) {
        long delay = source.delay();
        if (source.told() <= source.unseenDue && delay == source.unseenDelay) {
            return;
        }
        source.unseenDelay = delay;
        source.unseenDue = Long.MAX_VALUE;
        for (DeclaredLink link : roster.links()) {
            LinkWatch watch = source.links.get(link.name());
            boolean done = watch != null && (watch.seen || watch.unseenTold);
            if (done || !source.couldSee(link)) {
                continue;
            }
            long since = Math.max(source.floor, watch == null ? source.since : watch.since);
            long due = due(link, since, delay);
            if (source.told() <= due) {
                source.unseenDue = Math.min(source.unseenDue, due);
                continue;
            }
            if (watch == null) {
                watch = new LinkWatch(source, link, source.since, memory, population);
                source.links.put(link.name(), watch);
            }
            watch.unseenTold = true;
            watch.changed();
            watch.store();
            out.unseen(link.name(), source.id, "UNSEEN", since, source.told());
        }
    }

    private static long due(DeclaredLink link, long since, long delay) {
        Calendar calendar = link.calendar();
        if (link.kind() == LinkKind.BACKUP && calendar != null) {
            Calendar.Opening whole = calendar.nextAfter(since);
            if (whole != null) {
                return whole.end();
            }
        }
        return since + (link.deadline() == 0 ? DAY : Math.max(link.deadline(), 2 * delay));
    }
}
