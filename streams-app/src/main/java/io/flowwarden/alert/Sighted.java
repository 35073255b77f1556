package io.flowwarden.alert;

import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.SourcePattern;
import java.util.List;

/** What all sources together say of a member's sightings. */
enum Sighted {
    /** Somebody sees it. */
    SEEN,

    /** Every source that decides and lives has lost it. */
    LOST,

    /** Those on the side of its end have lost it, one on the other side still sees it. */
    PATH_LOST,

    /** Some have lost it; others may yet. */
    UNDECIDED,

    /** Nobody who saw it can say. */
    UNKNOWN;

    private static final int EIGHTHS = 8;
    private static final int DEADLINES = 3;

    static Sighted of(DeclaredLink link, Member member, Sources sources) {
        List<Member.Sight> named =
                member.sights.stream()
                        .filter(s -> SourcePattern.any(link.sources(), s.source()))
                        .toList();
        List<Member.Sight> alive =
                named.stream().filter(s -> !sources.isSilent(s.source())).toList();
        if (alive.isEmpty()) {
            return member.mute && !named.isEmpty() ? LOST : UNKNOWN;
        }
        if (alive.stream().allMatch(Member.Sight::sees)) {
            return SEEN;
        }
        // Who reports too late to miss it in time does not keep the others waiting; where all do,
        // late is better than never.
        List<Member.Sight> prompt = alive.stream().filter(Member.Sight::decides).toList();
        List<Member.Sight> deciding = prompt.isEmpty() ? alive : prompt;
        if (deciding.stream().noneMatch(Member.Sight::sees)) {
            return LOST;
        }
        if (deciding.stream().allMatch(Member.Sight::sees)) {
            return SEEN;
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
