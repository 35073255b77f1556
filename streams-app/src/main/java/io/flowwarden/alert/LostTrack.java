package io.flowwarden.alert;

import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;

/**
 * Members that nobody keeps track of any more, since their sources gave their place to others. What
 * is open of one cannot be seen to end: it ends in time.
 */
final class LostTrack {
    private static final String SWEEP = "sweep";
    private static final String GONE = "gone ";

    /** An incident that nobody keeps track of ends after this. */
    private static final long PATIENCE = 7L * 24 * 3600 * 1000;

    private static final long MINUTE = LinkMinutes.MINUTE;

    private final LinkMemory kept;
    private final Incidents incidents;
    private final Timers timers;
    private Roster roster = Roster.EMPTY;

    LostTrack(LinkMemory kept, Incidents incidents, Timers timers) {
        this.kept = kept;
        this.incidents = incidents;
        this.timers = timers;
    }

    void roster(Roster now) {
        roster = now;
    }

    /** A source gave its place to others; what hangs on it is looked for, once a minute at most. */
    void sourceForgotten(Finding finding) {
        long arrival = finding.getArrival();
        timers.set(arrival - Math.floorMod(arrival, MINUTE) + MINUTE, SWEEP);
    }

    /** No source has the member; the caller stores it. */
    void nobodyLooks(DeclaredLink link, String name, Member member, long at) {
        if (incidents.open(LinkDecider.key(link, name)) != null && member.forgottenSince == 0) {
            member.forgottenSince = at;
            timers.set(at + PATIENCE, GONE + link.name() + "\n" + name);
        }
    }

    /** A time has come; returns whether it was one of ours. */
    boolean due(long at, String what) {
        if (what.equals(SWEEP)) {
            sweep(at);
        } else if (what.startsWith(GONE)) {
            gone(what.substring(GONE.length()), at);
        } else {
            return false;
        }
        return true;
    }

    private void sweep(long at) {
        roster.links().forEach(link -> kept.tidy(link.name()));
        for (Alert open : incidents.open(alert -> alert.getSubject().getLink() != null)) {
            DeclaredLink link = roster.link(open.getSubject().getLink());
            if (link == null) {
                continue;
            }
            String name =
                    link.oneByOne()
                            ? open.getSubject().getClient() + ">" + open.getSubject().getServer()
                            : LinkDecider.GROUP;
            if (!open.getKey().equals(LinkDecider.key(link, name))) {
                continue;
            }
            Member member = kept.member(link.name(), name);
            if (member.sights.isEmpty() && member.forgottenSince == 0) {
                nobodyLooks(link, name, member, at);
                kept.store(link.name(), name, member);
            }
        }
    }

    private void gone(String what, long at) {
        int cut = what.indexOf('\n');
        DeclaredLink link = roster.link(what.substring(0, cut));
        String name = what.substring(cut + 1);
        Member member = kept.member(what.substring(0, cut), name);
        boolean still = member.forgottenSince != 0 && member.forgottenSince + PATIENCE <= at;
        if (link != null && still && member.sights.isEmpty() && member.blocked.isEmpty()) {
            kept.delete(link.name(), name);
            incidents.right(
                    LinkDecider.key(link, name),
                    at,
                    "no source has kept track of it for " + Times.span(PATIENCE));
        }
    }
}
