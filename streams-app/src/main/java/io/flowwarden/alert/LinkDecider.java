package io.flowwarden.alert;

import io.flowwarden.alert.Incidents.Effect;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import io.flowwarden.roster.SourcePattern;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Attempt;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.LinkMinute;
import io.flowwarden.schemas.LinkUnseen;
import io.flowwarden.schemas.MemberDegraded;
import io.flowwarden.schemas.MemberSight;
import io.flowwarden.schemas.PairState;
import io.flowwarden.schemas.SourceState;
import java.util.ArrayList;
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

    private static final String MEMBERS = "m/";
    private static final String LINKS = "l/";
    private static final String UNDECIDED = "x/";
    private static final String NAMED = "named ";
    private static final String MUTE = "mute ";
    private static final String SWEEP = "sweep";
    private static final String GONE = "gone ";

    /** An incident that nobody keeps track of any more ends after this. */
    private static final long PATIENCE = 7L * 24 * 3600 * 1000;

    private static final long MINUTE = LinkMinutes.MINUTE;

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

    private static final long LONG_AGO = 30L * 24 * 3600 * 1000;

    private static final Set<Kind> BLOCKED =
            EnumSet.of(
                    Kind.REPLICATION_BLOCKED,
                    Kind.HEARTBEAT_BLOCKED,
                    Kind.BACKUP_BLOCKED,
                    Kind.MIGRATION_BLOCKED);

    private final SettleMemory memory;
    private final Incidents incidents;
    private final Sources sources;
    private final Pairs pairs;
    private final LinkMinutes minutes;
    private final Timers timers;
    private Roster roster = Roster.EMPTY;

    LinkDecider(
            SettleMemory memory, Incidents incidents, Sources sources, Pairs pairs, Timers timers) {
        this.memory = memory;
        this.incidents = incidents;
        this.sources = sources;
        this.pairs = pairs;
        this.timers = timers;
        minutes = new LinkMinutes(memory);
    }

    void roster(Roster now) {
        roster = now;
    }

    Effect sight(Finding finding, MemberSight sight) {
        DeclaredLink link = roster.link(sight.getLink());
        if (link == null) {
            return Effect.ABSORBED;
        }
        String name =
                sight.getClient() == null ? GROUP : sight.getClient() + ">" + sight.getServer();
        Member member = member(link.name(), name);
        if (sight.getState().equals("FORGOTTEN") && !link.covers(name)) {
            memory.delete(MEMBERS + link.name() + "\n" + name);
            undecided(link, name, false);
            return incidents.right(
                    key(link, name), finding.getAt(), "it no longer belongs to the link");
        }
        member.take(finding.getSource(), sight, finding.getArrival());
        if (member.sights.isEmpty()) {
            nobodyLooks(link, name, member, finding.getArrival());
        }
        store(link.name(), name, member);
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
        Member member = member(link.name(), name);
        member.take(finding.getSource(), degraded, finding.getArrival());
        store(link.name(), name, member);
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
        Member member = member(link.name(), name);
        member.take(finding.getSource(), attempt);
        store(link.name(), name, member);
        return decide(link, name, member, finding, finding.getAt());
    }

    Effect minute(Finding finding, LinkMinute minute) {
        DeclaredLink link = roster.link(minute.getLink());
        if (link == null) {
            return Effect.ABSORBED;
        }
        minutes.put(finding.getSource(), minute);
        LinkState state = state(link.name());
        state.views.merge(
                finding.getSource(),
                new LinkState.View(minute.getStart(), minute.getStart()),
                (old, now) ->
                        new LinkState.View(
                                Math.min(old.first(), now.first()),
                                Math.max(old.latest(), now.latest())));
        long before = state.judgedTo;
        new WindowJudge(link, minutes, sources).judge(state);
        memory.put(LINKS + link.name(), state.encode());
        Member group = member(link.name(), GROUP);
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
        LinkState state = state(link.name());
        if (unseen.getState().equals("SEEN")) {
            boolean first = !state.seen;
            state.seen = true;
            state.unseen.remove(finding.getSource());
            memory.put(LINKS + link.name(), state.encode());
            if (first && !link.namedMembers().isEmpty()) {
                timers.set(
                        finding.getArrival() + patience(link, finding.getSource()),
                        NAMED + link.name());
            }
            return incidents.right(
                    neverSeenKey(link), finding.getAt(), "it is seen by " + finding.getSource());
        }
        state.unseen.put(
                finding.getSource(), new LinkState.Unseen(unseen.getSince(), unseen.getUntil()));
        memory.put(LINKS + link.name(), state.encode());
        if (state.seen || someStillLook(link, state)) {
            return Effect.ABSORBED;
        }
        return incidents.wrong(
                new LinkWords(link, sources, finding).neverSeen(neverSeenText(link), state));
    }

    /** A source fell silent, or is back: those it was waited for may be decided now. */
    void sourceChanged(Finding finding) {
        var undecided = new ArrayList<String>();
        memory.scan(
                UNDECIDED,
                (key, value) -> {
                    undecided.add(key.substring(UNDECIDED.length()));
                    return true;
                });
        for (String key : undecided) {
            int cut = key.indexOf('\n');
            DeclaredLink link = roster.link(key.substring(0, cut));
            String name = key.substring(cut + 1);
            if (link != null) {
                decide(link, name, member(link.name(), name), finding, finding.getAt());
            }
        }
    }

    /**
     * A host that reports its own flows fell silent, or is back. It is given a deadline's time:
     * others may still say of it what they see, or fall silent as well.
     */
    void hostChanged(Finding finding, SourceState state) {
        boolean silent = state.getState().equals("SILENT");
        for (String key : membersOf(state.getExporter())) {
            String[] parts = key.split("\n");
            DeclaredLink link = roster.link(parts[0]);
            if (silent) {
                timers.set(
                        finding.getArrival() + link.deadline(),
                        MUTE + finding.getSource() + "\n" + key);
            } else {
                Member member = member(parts[0], parts[1]);
                if (member.mute) {
                    member.mute = false;
                    store(parts[0], parts[1], member);
                    decide(link, parts[1], member, finding, finding.getAt());
                }
            }
        }
    }

    /** The members, as link and name, whose beats are those of a host. */
    private List<String> membersOf(String host) {
        var found = new ArrayList<String>();
        for (DeclaredLink link : roster.links()) {
            String begin = link.membersOf(host);
            if (begin != null) {
                memory.scan(
                        MEMBERS + link.name() + "\n" + begin,
                        (key, value) -> {
                            String name = key.substring(MEMBERS.length());
                            // A longer address may begin with a shorter one.
                            if (link.host(name.substring(name.indexOf('\n') + 1)).equals(host)) {
                                found.add(name);
                            }
                            return true;
                        });
            }
        }
        return found;
    }

    private void mute(String source, String key, long at) {
        int cut = key.indexOf('\n');
        DeclaredLink link = roster.link(key.substring(0, cut));
        String name = key.substring(cut + 1);
        String exporter = sources.exporter(source);
        if (link == null || exporter == null || sources.allSilentSince(exporter) == null) {
            return;
        }
        Member member = member(link.name(), name);
        boolean own =
                member.sights.stream().anyMatch(s -> exporter.equals(sources.exporter(s.source())));
        if (own && sources.isAlone(exporter)) {
            member.mute = true;
            store(link.name(), name, member);
            decide(link, name, member, by(source, at), at);
        }
    }

    /** As if the source had said so at that tick time. */
    private Finding by(String source, long at) {
        return new Finding(at, 0, 0L, 0, source, at, roster.revision(), null, null);
    }

    /** Id of the open alert that a host is missing, or null. */
    String hostMissing(String host) {
        for (String key : membersOf(host)) {
            int cut = key.indexOf('\n');
            DeclaredLink link = roster.link(key.substring(0, cut));
            Alert open = incidents.open(Ids.key(LinkWords.alertClass(link), key));
            if (open != null && open.getKind().equals(Kind.HEARTBEAT_MISSING.name())) {
                return open.getId();
            }
        }
        return null;
    }

    /** A source gave its place to others; what hangs on it is looked for, once a minute at most. */
    void sourceForgotten(Finding finding) {
        long arrival = finding.getArrival();
        timers.set(arrival - Math.floorMod(arrival, MINUTE) + MINUTE, SWEEP);
    }

    private void sweep(long at) {
        for (DeclaredLink link : roster.links()) {
            byte[] stored = memory.get(LINKS + link.name());
            if (stored != null) {
                memory.put(LINKS + link.name(), state(link.name()).encode());
            }
        }
        for (Alert open : incidents.open(alert -> alert.getSubject().getLink() != null)) {
            DeclaredLink link = roster.link(open.getSubject().getLink());
            if (link == null) {
                continue;
            }
            String name =
                    link.oneByOne()
                            ? open.getSubject().getClient() + ">" + open.getSubject().getServer()
                            : GROUP;
            if (!open.getKey().equals(key(link, name))) {
                continue;
            }
            Member member = member(link.name(), name);
            if (member.sights.isEmpty() && member.forgottenSince == 0) {
                nobodyLooks(link, name, member, at);
                store(link.name(), name, member);
            }
        }
    }

    /**
     * Nobody keeps track of a member. What is open of it cannot be seen to end: it ends in time.
     */
    private void nobodyLooks(DeclaredLink link, String name, Member member, long at) {
        if (incidents.open(key(link, name)) != null && member.forgottenSince == 0) {
            member.forgottenSince = at;
            timers.set(at + PATIENCE, GONE + link.name() + "\n" + name);
        }
    }

    private void gone(String what, long at) {
        int cut = what.indexOf('\n');
        DeclaredLink link = roster.link(what.substring(0, cut));
        String name = what.substring(cut + 1);
        Member member = member(what.substring(0, cut), name);
        boolean still = member.forgottenSince != 0 && member.forgottenSince + PATIENCE <= at;
        if (link != null && still && member.sights.isEmpty() && member.blocked.isEmpty()) {
            memory.delete(MEMBERS + what);
            incidents.right(
                    key(link, name),
                    at,
                    "no source has kept track of it for " + Times.span(PATIENCE));
        }
    }

    private static String key(DeclaredLink link, String name) {
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
        var count = new int[1];
        memory.scan(
                UNDECIDED,
                (key, value) -> {
                    count[0]++;
                    return true;
                });
        return count[0];
    }

    /** A time has come; returns whether it was one of ours. */
    boolean due(long at, String what) {
        if (what.startsWith(MUTE)) {
            int cut = what.indexOf('\n');
            mute(what.substring(MUTE.length(), cut), what.substring(cut + 1), at);
            return true;
        }
        if (what.equals(SWEEP)) {
            sweep(at);
            return true;
        }
        if (what.startsWith(GONE)) {
            gone(what.substring(GONE.length()), at);
            return true;
        }
        if (what.startsWith(PATH)) {
            int cut = what.indexOf('\n');
            pathDue(what.substring(PATH.length(), cut), what.substring(cut + 1), at);
            return true;
        }
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
                        .filter(name -> memory.get(MEMBERS + link.name() + "\n" + name) == null)
                        .toList();
        if (!missing.isEmpty()) {
            incidents.wrong(LinkWords.membersNeverSeen(link, neverSeenText(link), missing, at));
        }
    }

    /** Forgets links that are gone, and ends their alerts. */
    void prune(long at) {
        incidents.rightWhere(
                alert ->
                        alert.getSubject().getLink() != null
                                && roster.link(alert.getSubject().getLink()) == null,
                at,
                "the link is no longer in the estate");
        for (String prefix : List.of(MEMBERS, LINKS, UNDECIDED)) {
            var gone = new ArrayList<String>();
            memory.scan(
                    prefix,
                    (key, value) -> {
                        String rest = key.substring(prefix.length());
                        int cut = rest.indexOf('\n');
                        if (roster.link(cut < 0 ? rest : rest.substring(0, cut)) == null) {
                            gone.add(key);
                        }
                        return true;
                    });
            gone.forEach(memory::delete);
        }
    }

    private void pathDue(String linkName, String name, long at) {
        DeclaredLink link = roster.link(linkName);
        if (link != null) {
            Member member = member(linkName, name);
            if (Sighted.of(link, member, sources) == Sighted.PATH_LOST) {
                decide(link, name, member, by("", at), at, true);
            }
        }
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
        String key = Ids.key(LinkWords.alertClass(link), about);
        var words = new LinkWords(link, sources, finding);
        LinkState state = state(link.name());
        List<Member.Blocked> blocked = proven(link, member, state);
        Sighted sighted = Sighted.of(link, member, sources);
        undecided(
                link, name, sighted == Sighted.UNDECIDED || blocked.size() < member.blocked.size());
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
                explainTelemetry(link, name, incidents.open(key));
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

    /** Of a host that reports its own flows, their end is no news beside its own. */
    private void explainTelemetry(DeclaredLink link, String name, Alert by) {
        if (name.equals(GROUP) || by == null || by.getCause() != null) {
            return;
        }
        Alert telemetry = incidents.open(TelemetryDecider.lostKey(link.host(name)));
        if (telemetry != null && telemetry.getCause() == null) {
            telemetry.setCause(by.getId());
            incidents.wrong(telemetry);
        }
    }

    /** Where nothing arrives from the other site any more, that is why. */
    private Alert explained(DeclaredLink link, Alert alert) {
        Long since = pairs.lostSince(link.fromSite(), link.toSite());
        if (since != null && wentWith(link, since, alert)) {
            alert.setCause(PairDecider.id(link.fromSite(), link.toSite(), since));
        }
        return alert;
    }

    /**
     * Attempts that no other source's view speaks against. Where others watch the link too, their
     * word on the minutes of the attempts is waited for: of load-shared paths each shows a part.
     */
    private List<Member.Blocked> proven(DeclaredLink link, Member member, LinkState state) {
        if (member.blocked.isEmpty() || !link.byMinutes()) {
            return member.blocked;
        }
        var proven = new ArrayList<Member.Blocked>();
        for (Member.Blocked blocked : member.blocked) {
            if (!contradicted(link, blocked, state)) {
                proven.add(blocked);
            }
        }
        return proven;
    }

    private boolean contradicted(DeclaredLink link, Member.Blocked blocked, LinkState state) {
        for (var view : state.views.entrySet()) {
            boolean other = !view.getKey().equals(blocked.source());
            if (other && !sources.isSilent(view.getKey())) {
                if (view.getValue().latest() + LinkMinutes.MINUTE <= blocked.first()) {
                    return true;
                }
            }
        }
        long begun = blocked.first() - Math.floorMod(blocked.first(), LinkMinutes.MINUTE);
        // The minute in which it began may have a success from before; when it has lasted for some
        // minutes, those tell.
        boolean lasts = blocked.last() >= begun + 3 * LinkMinutes.MINUTE;
        long from = lasts ? begun + LinkMinutes.MINUTE : begun;
        for (LinkMinutes.Minute minute : minutes.between(link.name(), from, blocked.last() + 1)) {
            if (!minute.source().equals(blocked.source())
                    && minute.pairs().contains(blocked.pair())) {
                return true;
            }
        }
        return false;
    }

    private void undecided(DeclaredLink link, String name, boolean is) {
        String key = UNDECIDED + link.name() + "\n" + name;
        if (is) {
            memory.put(key, new byte[1]);
        } else if (memory.get(key) != null) {
            memory.delete(key);
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
        return Math.min(LONG_AGO, 2 * deadline + 2 * (delay == null ? 900_000 : delay));
    }

    private static String neverSeenText(DeclaredLink link) {
        return link.name();
    }

    private static String neverSeenKey(DeclaredLink link) {
        return Ids.key(Kind.LINK_NEVER_SEEN.alertClass(), neverSeenText(link));
    }

    private Member member(String link, String name) {
        Member member = Member.decode(memory.get(MEMBERS + link + "\n" + name));
        member.prune(sources);
        return member;
    }

    private void store(String link, String name, Member member) {
        if (member.isEmpty() && member.forgottenSince == 0) {
            memory.delete(MEMBERS + link + "\n" + name);
        } else {
            memory.put(MEMBERS + link + "\n" + name, member.encode());
        }
    }

    private LinkState state(String link) {
        LinkState state = LinkState.decode(memory.get(LINKS + link));
        state.views.keySet().removeIf(source -> !sources.knows(source));
        state.unseen.keySet().removeIf(source -> !sources.knows(source));
        return state;
    }
}
