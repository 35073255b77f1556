package io.flowwarden.alert;

import io.flowwarden.alert.Incidents.Effect;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Attempt;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.LinkMinute;
import io.flowwarden.schemas.LinkUnseen;
import io.flowwarden.schemas.MemberDegraded;
import io.flowwarden.schemas.MemberSight;
import io.flowwarden.schemas.PairState;
import io.flowwarden.schemas.SourceState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Declared links: decides for each member, from what all sources say, whether it is as it should
 * be. One key for each member, so that an incident whose cause changes stays one: blocked over
 * stalled over silent.
 */
final class LinkDecider {
    /** The member that stands for the link as a whole. */
    static final String GROUP = "*";

    /** Kinds that only a sighting ends. */
    private static final Set<Kind> BY_SIGHT =
            EnumSet.of(
                    Kind.HEARTBEAT_MISSING,
                    Kind.HEARTBEAT_DEGRADED,
                    Kind.RPO_AT_RISK,
                    Kind.PATH_LOST);

    private static final String PATH = "path ";

    /** Bounds of how long those at the start are given to lose it, too. */
    private static final long LEAST_HOLD = 60_000;

    private static final long MOST_HOLD = 5 * 60_000;

    private static final Set<Kind> BLOCKED =
            EnumSet.of(
                    Kind.REPLICATION_BLOCKED,
                    Kind.HEARTBEAT_BLOCKED,
                    Kind.BACKUP_BLOCKED,
                    Kind.MIGRATION_BLOCKED);

    private final LinkMemory kept;
    private final Incidents incidents;
    private final Sources sources;
    private final Pairs pairs;
    private final LinkMinutes minutes;
    private final Timers timers;
    private final Proof proof;
    private final NeverSeen neverSeen;
    private final LostTrack lostTrack;
    private final SilentHosts hosts;
    private Roster roster = Roster.EMPTY;

    LinkDecider(
            SettleMemory memory, Incidents incidents, Sources sources, Pairs pairs, Timers timers) {
        this.incidents = incidents;
        this.sources = sources;
        this.pairs = pairs;
        this.timers = timers;
        kept = new LinkMemory(memory, sources);
        minutes = new LinkMinutes(memory);
        proof = new Proof(minutes, sources);
        neverSeen = new NeverSeen(kept, incidents, sources, timers);
        lostTrack = new LostTrack(kept, incidents, timers);
        hosts = new SilentHosts(kept, incidents, sources, timers, this::decide);
    }

    void roster(Roster now) {
        roster = now;
        neverSeen.roster(now);
        lostTrack.roster(now);
        hosts.roster(now);
    }

    Effect sight(Finding finding, MemberSight sight) {
        DeclaredLink link = roster.link(sight.getLink());
        if (link == null) {
            return Effect.ABSORBED;
        }
        String name =
                sight.getClient() == null ? GROUP : sight.getClient() + ">" + sight.getServer();
        Member member = kept.member(link.name(), name);
        if (sight.getState().equals("FORGOTTEN") && !link.covers(name)) {
            kept.delete(link.name(), name);
            kept.undecided(link.name(), name, false);
            return incidents.right(
                    key(link, name), finding.getAt(), "it no longer belongs to the link");
        }
        member.take(finding.getSource(), sight, finding.getArrival());
        if (member.sights.isEmpty()) {
            lostTrack.nobodyLooks(link, name, member, finding.getArrival());
        }
        kept.store(link.name(), name, member);
        return decide(link, name, member, finding, finding.getAt());
    }

    Effect degraded(Finding finding, MemberDegraded degraded) {
        DeclaredLink link = roster.link(degraded.getLink());
        if (link == null) {
            return Effect.ABSORBED;
        }
        String name =
                degraded.getClient() == null
                        ? GROUP
                        : degraded.getClient() + ">" + degraded.getServer();
        Member member = kept.member(link.name(), name);
        member.take(finding.getSource(), degraded, finding.getArrival());
        kept.store(link.name(), name, member);
        return decide(link, name, member, finding, finding.getAt());
    }

    Effect attempt(Finding finding, Attempt attempt) {
        DeclaredLink link = roster.link(attempt.getLink());
        if (link == null) {
            return Effect.ABSORBED;
        }
        String name =
                link.oneByOne()
                        ? attempt.getTalk().getClient() + ">" + attempt.getTalk().getServer()
                        : GROUP;
        Member member = kept.member(link.name(), name);
        member.take(finding.getSource(), attempt);
        kept.store(link.name(), name, member);
        return decide(link, name, member, finding, finding.getAt());
    }

    Effect minute(Finding finding, LinkMinute minute) {
        DeclaredLink link = roster.link(minute.getLink());
        if (link == null) {
            return Effect.ABSORBED;
        }
        minutes.put(finding.getSource(), minute);
        LinkState state = kept.state(link.name());
        state.views.merge(
                finding.getSource(),
                new LinkState.View(minute.getStart(), minute.getStart()),
                (old, now) ->
                        new LinkState.View(
                                Math.min(old.first(), now.first()),
                                Math.max(old.latest(), now.latest())));
        long before = state.judgedTo;
        new WindowJudge(link, minutes, sources).judge(state);
        kept.store(link.name(), state);
        Member group = kept.member(link.name(), GROUP);
        if (state.judgedTo == before && group.blocked.isEmpty()) {
            return Effect.ABSORBED;
        }
        return decide(link, GROUP, group, finding, minute.getStart() + LinkMinutes.MINUTE);
    }

    Effect unseen(Finding finding, LinkUnseen unseen) {
        DeclaredLink link = roster.link(unseen.getLink());
        if (link == null) {
            return Effect.ABSORBED;
        }
        return neverSeen.take(finding, link, unseen);
    }

    /** A source fell silent, or is back: those it was waited for may be decided now. */
    void sourceChanged(Finding finding) {
        for (String key : kept.undecided()) {
            int cut = key.indexOf('\n');
            DeclaredLink link = roster.link(key.substring(0, cut));
            String name = key.substring(cut + 1);
            if (link != null) {
                decide(link, name, kept.member(link.name(), name), finding, finding.getAt());
            }
        }
    }

    /** A host that reports its own flows fell silent, or is back. */
    void hostChanged(Finding finding, SourceState state) {
        hosts.changed(finding, state);
    }

    /** Id of the open alert that a host is missing, or null. */
    String hostMissing(String host) {
        return hosts.missing(host);
    }

    /** A source gave its place to others. */
    void sourceForgotten(Finding finding) {
        lostTrack.sourceForgotten(finding);
    }

    /** Of the alert about a member. */
    static String key(DeclaredLink link, String name) {
        return Ids.key(LinkWords.alertClass(link), link.name() + "\n" + name);
    }

    /** Nothing is seen between two sites any more: that explains what is open for that. */
    void pairChanged(PairState pair) {
        if (pairs.lostSince(pair.getFrom(), pair.getTo()) == null) {
            return;
        }
        for (Alert open : incidents.open(alert -> mayBeOf(pair, alert))) {
            explained(roster.link(open.getSubject().getLink()), open);
            if (open.getCause() != null) {
                incidents.wrong(open);
            }
        }
    }

    private boolean mayBeOf(PairState pair, Alert alert) {
        String name = alert.getSubject().getLink();
        DeclaredLink link = name == null ? null : roster.link(name);
        Kind kind = Kind.valueOf(alert.getKind());
        return alert.getCause() == null
                && link != null
                && pair.getFrom().equals(link.fromSite())
                && pair.getTo().equals(link.toSite())
                && (BY_SIGHT.contains(kind) || BLOCKED.contains(kind));
    }

    /** What was gone long before has another cause. */
    private static boolean wentWith(DeclaredLink link, long since, Alert alert) {
        return alert.getLastGood() != null && alert.getLastGood() >= since - link.deadline();
    }

    /** How many members some sources have lost and others not yet. */
    int undecided() {
        return kept.undecided().size();
    }

    /** A time has come; returns whether it was one of ours. */
    boolean due(long at, String what) {
        if (what.startsWith(PATH)) {
            int cut = what.indexOf('\n');
            pathDue(what.substring(PATH.length(), cut), what.substring(cut + 1), at);
            return true;
        }
        return hosts.due(at, what) || lostTrack.due(at, what) || neverSeen.due(at, what);
    }

    /** Forgets links that are gone, and ends their alerts. */
    void prune(long at) {
        incidents.rightWhere(
                alert ->
                        alert.getSubject().getLink() != null
                                && roster.link(alert.getSubject().getLink()) == null,
                at,
                "the link is no longer in the estate");
        kept.prune(roster);
    }

    private void pathDue(String linkName, String name, long at) {
        DeclaredLink link = roster.link(linkName);
        if (link != null) {
            Member member = kept.member(linkName, name);
            if (Sighted.of(link, member, sources) == Sighted.PATH_LOST) {
                decide(link, name, member, by("", at, roster), at, true);
            }
        }
    }

    /** As if the source had said so at that tick time. */
    static Finding by(String source, long at, Roster roster) {
        return new Finding(at, 0, 0L, 0, source, at, roster.revision(), null, null);
    }

    private static long hold(DeclaredLink link) {
        return Math.max(LEAST_HOLD, Math.min(link.deadline() / 2, MOST_HOLD));
    }

    private Effect decide(DeclaredLink link, String name, Member member, Finding finding, long at) {
        return decide(link, name, member, finding, at, false);
    }

    private Effect decide(
            DeclaredLink link,
            String name,
            Member member,
            Finding finding,
            long at,
            boolean waited) {
        String about = link.name() + "\n" + name;
        String key = key(link, name);
        var words = new LinkWords(link, sources, finding);
        LinkState state = kept.state(link.name());
        List<Member.Blocked> blocked = proof.of(link, member, state);
        Sighted sighted = Sighted.of(link, member, sources);
        kept.undecided(
                link.name(),
                name,
                sighted == Sighted.UNDECIDED || blocked.size() < member.blocked.size());
        if (!blocked.isEmpty()) {
            return incidents.wrong(explained(link, words.blocked(about, name, member, blocked)));
        }
        if (name.equals(GROUP)) {
            if (state.stalledRun >= WindowJudge.ENOUGH) {
                return incidents.wrong(words.stalled(about, state));
            }
            if (state.backup != null) {
                return incidents.wrong(words.backup(about, state));
            }
        }
        switch (sighted) {
            case LOST -> {
                Effect effect = incidents.wrong(explained(link, words.silent(about, name, member)));
                hosts.explainTelemetry(link, name, incidents.open(key));
                return effect;
            }
            case PATH_LOST -> {
                Alert open = incidents.open(key);
                boolean known = open != null && open.getKind().equals(Kind.PATH_LOST.name());
                if (!waited && !known) {
                    // Whoever is at its start may only be later in losing it, or sooner in seeing
                    // it again.
                    timers.set(finding.getArrival() + hold(link), PATH + link.name() + "\n" + name);
                    return Effect.ABSORBED;
                }
                return incidents.wrong(explained(link, words.pathLost(about, name, member)));
            }
            case UNKNOWN -> {
                Alert open = incidents.open(key);
                if (open == null || BY_SIGHT.contains(Kind.valueOf(open.getKind()))) {
                    // Nobody who could say is there: what was open stays open.
                    return Effect.ABSORBED;
                }
            }
            case UNDECIDED -> {
                // Somebody is back and has not looked for long enough: that is no sighting.
                boolean sighting =
                        finding.getBody() instanceof MemberSight sight
                                && sight.getState().equals("SEES");
                Alert open = incidents.open(key);
                if (!sighting
                        && open != null
                        && BY_SIGHT.contains(Kind.valueOf(open.getKind()))
                        && !open.getKind().equals(Kind.HEARTBEAT_DEGRADED.name())) {
                    return Effect.ABSORBED;
                }
            }
            default -> {}
        }
        switch (Sighted.beats(link, member, sources)) {
            case LOW -> {
                return incidents.wrong(words.degraded(about, name, member));
            }
            case UNSURE -> {
                Alert open = incidents.open(key);
                if (open != null && open.getKind().equals(Kind.HEARTBEAT_DEGRADED.name())) {
                    return Effect.ABSORBED;
                }
            }
            default -> {}
        }
        return incidents.right(key, at, words.fine());
    }

    /** Where nothing arrives from the other site any more, that is why. */
    private Alert explained(DeclaredLink link, Alert alert) {
        Long since = pairs.lostSince(link.fromSite(), link.toSite());
        if (since != null && wentWith(link, since, alert)) {
            alert.setCause(PairDecider.id(link.fromSite(), link.toSite(), since));
        }
        return alert;
    }
}
