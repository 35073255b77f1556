package io.flowwarden.alert;

import io.flowwarden.alert.Incidents.Effect;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import io.flowwarden.roster.SourcePattern;
import io.flowwarden.roster.UsualDelay;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.LinkUnseen;
import java.util.List;

/** Links, and members that the estate names, that nobody has ever seen: one alert for each link. */
final class NeverSeen {
    private static final String NAMED = "named ";
    private static final long LONG_AGO = 30L * 24 * 3600 * 1000;

    private final LinkMemory kept;
    private final Incidents incidents;
    private final Sources sources;
    private final Timers timers;
    private Roster roster = Roster.EMPTY;

    NeverSeen(LinkMemory kept, Incidents incidents, Sources sources, Timers timers) {
        this.kept = kept;
        this.incidents = incidents;
        this.sources = sources;
        this.timers = timers;
    }

    void roster(Roster now) {
        roster = now;
    }

    Effect take(Finding finding, DeclaredLink link, LinkUnseen unseen) {
        LinkState state = kept.state(link.name());
        if (unseen.getState().equals("SEEN")) {
            boolean first = !state.seen;
            state.seen = true;
            state.unseen.remove(finding.getSource());
            kept.store(link.name(), state);
            if (first && !link.namedMembers().isEmpty()) {
                timers.set(
                        finding.getArrival() + patience(link, finding.getSource()),
                        NAMED + link.name());
            }
            return incidents.right(
                    key(link), finding.getAt(), "it is seen by " + finding.getSource());
        }
        state.unseen.put(
                finding.getSource(), new LinkState.Unseen(unseen.getSince(), unseen.getUntil()));
        kept.store(link.name(), state);
        if (state.seen || someStillLook(link, state)) {
            return Effect.ABSORBED;
        }
        return incidents.wrong(new LinkWords(link, sources, finding).neverSeen(state));
    }

    /** A time has come; returns whether it was one of ours. */
    boolean due(long at, String what) {
        if (!what.startsWith(NAMED)) {
            return false;
        }
        DeclaredLink link = roster.link(what.substring(NAMED.length()));
        if (link != null) {
            namedMembers(link, at);
        }
        return true;
    }

    /** Members that the estate names and that nobody has ever seen, on a link that is seen. */
    private void namedMembers(DeclaredLink link, long at) {
        List<String> missing =
                link.namedMembers().stream()
                        .filter(name -> !kept.knows(link.name(), name))
                        .toList();
        if (!missing.isEmpty()) {
            incidents.wrong(LinkWords.membersNeverSeen(link, missing, at));
        }
    }

    /** Whether a source that could see the link lives and has not looked long enough yet. */
    private boolean someStillLook(DeclaredLink link, LinkState state) {
        for (String source : sources.all()) {
            if (!sources.isSilent(source)
                    && couldSee(link, source)
                    && !state.unseen.containsKey(source)) {
                return true;
            }
        }
        return false;
    }

    private boolean couldSee(DeclaredLink link, String source) {
        String side = sources.side(source);
        return SourcePattern.any(link.sources(), source)
                && (side == null || side.equals(link.fromSite()) || side.equals(link.toSite()));
    }

    private long patience(DeclaredLink link, String source) {
        Long delay = roster.facts(source, sources.exporter(source)).reportingDelay();
        long deadline = link.deadline() == 0 ? LONG_AGO : link.deadline();
        return Math.min(
                LONG_AGO, 2 * deadline + 2 * (delay == null ? UsualDelay.AWS_AND_AZURE : delay));
    }

    private static String key(DeclaredLink link) {
        return Ids.key(Kind.LINK_NEVER_SEEN.alertClass(), link.name());
    }
}
