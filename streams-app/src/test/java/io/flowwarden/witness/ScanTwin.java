package io.flowwarden.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Sightings of one untroubled source, judged the slow and obvious way: at each record a look at
 * every member.
 */
final class ScanTwin {
    private static final long DELAY = 90_000;

    private static final class Seen {
        long last;
        boolean lost;
    }

    private final TreeMap<String, Seen> members = new TreeMap<>();
    private final long deadline;
    private final long since;
    private final List<String> lines = new ArrayList<>();
    private long clock;

    ScanTwin(long deadline, long since) {
        this.deadline = deadline;
        this.since = since;
        clock = since;
    }

    /**
     * @param sighted members in the record
     * @param end of their flows
     */
    void record(long at, List<String> sighted, long end) {
        clock = Math.max(clock, at / 1000 * 1000);
        long eighth = deadline / 8;
        for (String member : sighted) {
            long last = (Math.min(end, clock + 1000) + eighth - 1) / eighth * eighth;
            Seen seen = members.get(member);
            if (seen == null || seen.lost) {
                lines.add(Timeline.text(at) + "@ SEES beats " + member);
            }
            seen = seen == null ? new Seen() : seen;
            members.put(member, seen);
            seen.lost = false;
            seen.last = Math.max(seen.last, last);
        }
        for (var member : members.entrySet()) {
            Seen seen = member.getValue();
            long due = Math.max(seen.last, since) + deadline;
            if (!seen.lost && clock - DELAY > due && clock - since >= 2 * DELAY) {
                seen.lost = true;
                lines.add(
                        Timeline.text(at)
                                + "@ LOST beats "
                                + member.getKey()
                                + " at "
                                + Timeline.text(due));
            }
        }
    }

    List<String> lines() {
        return lines;
    }
}
