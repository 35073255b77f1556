package io.flowwarden.alert;

import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.SourcePattern;
import java.util.ArrayList;
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

    /** Whether a member that is seen is seen too seldom. */
    enum Beats {
        WELL,
        LOW,

        /** What sources said is not of the same time. */
        UNSURE
    }

    /**
     * Whether, all sources taken together, the member was seen in less than half of the eighths
     * that its cadence needs, in each of three deadlines. Who sees it, and has not said that it is
     * seldom, sees it well, or cannot tell: new, or with records lost. Sampled sources never can.
     */
    static Beats beats(DeclaredLink link, Member member, Sources sources) {
        var low = new ArrayList<Member.Slots>();
        for (Member.Sight sight : member.sights) {
            String source = sight.source();
            boolean counts =
                    sight.sees()
                            && SourcePattern.any(link.sources(), source)
                            && !sources.isSilent(source)
                            && !sources.isSampled(source);
            if (counts) {
                Member.Slots slots = member.slotsOf(source);
                if (slots == null || !slots.low()) {
                    return Beats.WELL;
                }
                low.add(slots);
            }
        }
        if (low.isEmpty()) {
            return Beats.UNSURE;
        }
        long oldest = low.stream().mapToLong(Member.Slots::windowEnd).min().orElseThrow();
        long newest = low.stream().mapToLong(Member.Slots::windowEnd).max().orElseThrow();
        if (newest - oldest > link.deadline()) {
            return Beats.UNSURE;
        }
        long seen = 0;
        for (Member.Slots one : low) {
            // Of the same eighths: what the quicker one saw beyond them, the others will tell yet.
            seen |=
                    one.slots()
                            >>> (one.windowEnd() - oldest) / Math.max(1, link.deadline() / EIGHTHS);
        }
        int needed = low.get(0).needed();
        for (int deadline = 0; deadline < DEADLINES; deadline++) {
            long eighths = seen >>> deadline * EIGHTHS & (1 << EIGHTHS) - 1;
            if (Long.bitCount(eighths) * 2 >= needed) {
                return Beats.WELL;
            }
        }
        return Beats.LOW;
    }
}
