package io.flowwarden.alert;

import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.SourcePattern;
import java.util.List;

/** What all sources together say of a member's sightings. */
enum Sighted {
    /** Somebody sees it, or nobody has lost it. */
    SEEN,

    /** Every source that decides and lives has lost it. */
    LOST,

    /** Those on the side of its end have lost it, one on the other side still sees it. */
    PATH_LOST,

    /** Some have lost it; others may yet. */
    UNDECIDED,

    /** All who saw it are blind. */
    UNKNOWN;

    private static final int EIGHTHS = 8;
    private static final int DEADLINES = 3;

    static Sighted of(DeclaredLink link, Member member, Sources sources) {
        List<Member.Sight> able =
                member.sights.stream()
                        .filter(s -> SourcePattern.any(link.sources(), s.source()))
                        .toList();
        // Where nobody is quick enough to be waited for, those who are there decide, if late.
        boolean allSlow =
                able.stream().noneMatch(s -> s.decides() && !sources.isSilent(s.source()));
        List<Member.Sight> deciding =
                able.stream().filter(s -> allSlow || s.sees() || s.decides()).toList();
        List<Member.Sight> alive =
                deciding.stream().filter(s -> !sources.isSilent(s.source())).toList();
        if (alive.isEmpty()) {
            return deciding.isEmpty() ? SEEN : UNKNOWN;
        }
        boolean lost = alive.stream().anyMatch(s -> !s.sees());
        if (!lost) {
            return SEEN;
        }
        // Who can see it but is too slow to miss it does not keep the others waiting.
        if (alive.stream().noneMatch(s -> s.sees() && (allSlow || s.decides()))) {
            return LOST;
        }
        return pathLost(link, alive, sources) ? PATH_LOST : UNDECIDED;
    }

    private static boolean pathLost(DeclaredLink link, List<Member.Sight> alive, Sources sources) {
        String from = link.fromSite();
        String to = link.toSite();
        if (from == null || to == null || from.equals(to)) {
            return false;
        }
        boolean someAtEnd = false;
        boolean someAtStart = false;
        for (Member.Sight sight : alive) {
            String side = sources.side(sight.source());
            if (to.equals(side)) {
                if (sight.sees()) {
                    return false;
                }
                someAtEnd = true;
            } else if (from.equals(side) && sight.sees()) {
                someAtStart = true;
            }
        }
        return someAtEnd && someAtStart;
    }

    /**
     * Whether, all sources taken together, the member was seen in less than half of the eighths
     * that its cadence needs, in each of three deadlines.
     */
    static boolean degraded(Member member, Sources sources) {
        List<Member.Slots> alive =
                member.slots.stream().filter(s -> !sources.isSilent(s.source())).toList();
        if (alive.isEmpty() || alive.stream().anyMatch(s -> !s.low())) {
            return false;
        }
        long newest = alive.stream().mapToLong(Member.Slots::windowEnd).max().orElse(0);
        long seen = 0;
        for (Member.Slots one : alive) {
            // Of the same eighths: what lies behind by whole windows says nothing of the newest.
            if (one.windowEnd() == newest) {
                seen |= one.slots();
            }
        }
        int needed = alive.get(0).needed();
        for (int deadline = 0; deadline < DEADLINES; deadline++) {
            long eighths = seen >>> deadline * EIGHTHS & (1 << EIGHTHS) - 1;
            if (Long.bitCount(eighths) * 2 >= needed) {
                return false;
            }
        }
        return true;
    }
}
