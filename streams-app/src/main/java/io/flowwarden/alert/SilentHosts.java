package io.flowwarden.alert;

import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.SourceState;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts that report their own flows: whether one that fell silent is missing itself, and its
 * telemetry with it.
 */
final class SilentHosts {
    /** Who decides about a member. */
    interface Decider {
        void decide(DeclaredLink link, String name, Member member, Finding finding, long at);
    }

    private static final String MUTE = "mute ";

    private final LinkMemory kept;
    private final Incidents incidents;
    private final Sources sources;
    private final Timers timers;
    private final Decider decider;
    private Roster roster = Roster.EMPTY;

    SilentHosts(
            LinkMemory kept, Incidents incidents, Sources sources, Timers timers, Decider decider) {
        this.kept = kept;
        this.incidents = incidents;
        this.sources = sources;
        this.timers = timers;
        this.decider = decider;
    }

    void roster(Roster now) {
        roster = now;
    }

    /**
     * A host that reports its own flows fell silent, or is back. It is given a deadline's time:
     * others may still say of it what they see, or fall silent as well.
     */
    void changed(Finding finding, SourceState state) {
        boolean silent = state.getState().equals("SILENT");
        for (String key : membersOf(state.getExporter())) {
            String[] parts = key.split("\n");
            DeclaredLink link = roster.link(parts[0]);
            if (silent) {
                timers.set(
                        finding.getArrival() + link.deadline(),
                        MUTE + finding.getSource() + "\n" + key);
            } else {
                Member member = kept.member(parts[0], parts[1]);
                if (member.mute) {
                    member.mute = false;
                    kept.store(parts[0], parts[1], member);
                    decider.decide(link, parts[1], member, finding, finding.getAt());
                }
            }
        }
    }

    /** A time has come; returns whether it was one of ours. */
    boolean due(long at, String what) {
        if (!what.startsWith(MUTE)) {
            return false;
        }
        int cut = what.indexOf('\n');
        mute(what.substring(MUTE.length(), cut), what.substring(cut + 1), at);
        return true;
    }

    private void mute(String source, String key, long at) {
        int cut = key.indexOf('\n');
        DeclaredLink link = roster.link(key.substring(0, cut));
        String name = key.substring(cut + 1);
        String exporter = sources.exporter(source);
        if (link == null || exporter == null || sources.allSilentSince(exporter) == null) {
            return;
        }
        Member member = kept.member(link.name(), name);
        boolean own =
                member.sights.stream().anyMatch(s -> exporter.equals(sources.exporter(s.source())));
        if (own && sources.isAlone(exporter)) {
            member.mute = true;
            kept.store(link.name(), name, member);
            decider.decide(link, name, member, LinkDecider.by(source, at, roster), at);
        }
    }

    /** Id of the open alert that a host is missing, or null. */
    String missing(String host) {
        for (String key : membersOf(host)) {
            int cut = key.indexOf('\n');
            DeclaredLink link = roster.link(key.substring(0, cut));
            Alert open = incidents.open(LinkDecider.key(link, key.substring(cut + 1)));
            if (open != null && open.getKind().equals(Kind.HEARTBEAT_MISSING.name())) {
                return open.getId();
            }
        }
        return null;
    }

    /** Of a host that reports its own flows, their end is no news beside its own. */
    void explainTelemetry(DeclaredLink link, String name, Alert by) {
        if (name.equals(LinkDecider.GROUP) || by == null || by.getCause() != null) {
            return;
        }
        Alert telemetry = incidents.open(TelemetryDecider.lostKey(link.host(name)));
        if (telemetry != null && telemetry.getCause() == null) {
            telemetry.setCause(by.getId());
            incidents.wrong(telemetry);
        }
    }

    /** The members, as link and name, whose beats are those of a host. */
    private List<String> membersOf(String host) {
        var found = new ArrayList<String>();
        for (DeclaredLink link : roster.links()) {
            String begin = link.membersOf(host);
            if (begin != null) {
                for (String key : kept.members(link.name(), begin)) {
                    // A longer address may begin with a shorter one.
                    if (link.host(key.substring(key.indexOf('\n') + 1)).equals(host)) {
                        found.add(key);
                    }
                }
            }
        }
        return found;
    }
}
