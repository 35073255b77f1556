package io.flowwarden.alert;

import io.flowwarden.alert.Incidents.Effect;
import io.flowwarden.detect.FindingKeys;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.Unexpected;
import java.util.ArrayList;
import java.util.function.Predicate;

/**
 * Flows that should not be there: one alert for each conversation; beyond a few of the same sort
 * one for the sort; beyond many of one client one FAN_OUT. They wait a little before they are
 * alerts, so that a scan is one alert at once and not thirty first.
 */
final class FlowDecider {
    private static final String SUBJECTS = "f/";
    private static final String HELD = "h/";
    private static final String HOLD = "hold ";
    private static final String QUIET = "quiet ";
    private static final String CROWD = "crowd ";
    private static final String PEERS = "r/";
    private static final String ROLE = "role ";

    private final SettleMemory memory;
    private final Incidents incidents;
    private final AlertCodec codec;
    private final AlertSettings settings;
    private final Timers timers;
    private final CrowdedServers crowdedServers;
    private final Predicate<String> owns;

    FlowDecider(
            SettleMemory memory,
            Incidents incidents,
            AlertCodec codec,
            AlertSettings settings,
            Timers timers,
            Predicate<String> owns) {
        this.memory = memory;
        this.incidents = incidents;
        this.codec = codec;
        this.settings = settings;
        this.timers = timers;
        crowdedServers = new CrowdedServers(memory, timers, settings.flowQuiet().toMillis());
        this.owns = owns;
    }

    Effect decide(Finding finding, Unexpected flow) {
        var words = new FlowWords(finding, flow);
        String of = words.subject();
        if (of.equals(FindingKeys.client(flow.getTalk().getClient())) && isOneOfMany(flow)) {
            return Effect.ABSORBED;
        }
        FlowSubject subject = FlowSubject.decode(memory.get(SUBJECTS + of));
        Effect effect =
                words.isCrowd(settings.fanOut()) || subject.crowd != null
                        ? crowd(words, of, subject, finding)
                        : one(words, of, subject, finding);
        store(of, subject);
        return effect;
    }

    /**
     * A server has too many clients to name them, whoever settles that: what waits of theirs goes
     * into its alert, and what is open has it for a cause.
     */
    void crowded(Finding finding, Unexpected flow) {
        Alert crowd = new FlowWords(finding, flow).crowd(0);
        String id = Ids.id(crowd.getKey(), Incidents.begun(crowd));
        String server = flow.getTalk().getServer();
        if (!crowdedServers.take(server, id, finding.getArrival())) {
            return;
        }
        var held = new ArrayList<Alert>();
        memory.scan(
                HELD,
                (key, value) -> {
                    Alert alert = codec.decode(value);
                    if (isTo(server, alert)) {
                        held.add(alert);
                    }
                    return true;
                });
        for (Alert alert : held) {
            memory.delete(HELD + alert.getKey());
            FlowSubject subject = FlowSubject.decode(memory.get(SUBJECTS + alert.getFindingKey()));
            subject.remove(alert.getKey());
            store(alert.getFindingKey(), subject);
        }
        incidents.explain(alert -> isTo(server, alert), id);
    }

    private static boolean isTo(String server, Alert alert) {
        return FlowWords.isOne(alert) && server.equals(alert.getSubject().getServer());
    }

    /** Whether its role has an alert that speaks of this client, too. */
    private boolean isOneOfMany(Unexpected flow) {
        for (String role : flow.getTalk().getClientRoles()) {
            RolePeers peers = RolePeers.decode(memory.get(PEERS + role));
            if (peers.areMany() && peers.clients.containsKey(flow.getTalk().getClient())) {
                return true;
            }
        }
        return false;
    }

    /**
     * A client with roles has too many conversations to name; every task is told. With three peers
     * of its role that look the same it is no scan: what the role does is not in the catalog or the
     * estate, and that is one alert.
     */
    void peer(Finding finding, Unexpected flow) {
        long now = finding.getArrival();
        for (String role : flow.getTalk().getClientRoles()) {
            RolePeers peers = RolePeers.decode(memory.get(PEERS + role));
            boolean first = peers.clients.isEmpty();
            peers.put(flow.getTalk().getClient(), now, flow.getFirst(), now - together());
            memory.put(PEERS + role, peers.encode());
            if (first) {
                timers.set(now + together(), ROLE + role);
            }
            if (peers.areMany()) {
                Alert alert = new FlowWords(finding, flow).role(role, peers);
                String id = Ids.id(alert.getKey(), Incidents.hour(peers.since));
                for (String client : peers.clients.keySet()) {
                    joins(FindingKeys.client(client), id, finding.getAt(), role);
                }
                if (owns.test(FindingKeys.role(role))) {
                    incidents.wrong(alert);
                }
            }
        }
    }

    /** Its crowd ends, what is open of it is explained, and what waits is no alert of its own. */
    private void joins(String of, String id, long at, String role) {
        FlowSubject subject = FlowSubject.decode(memory.get(SUBJECTS + of));
        if (subject.isEmpty()) {
            return;
        }
        if (subject.crowd != null) {
            incidents.right(subject.crowd, at, "three more of role " + role + " look the same");
            subject.crowd = null;
        }
        for (FlowSubject.Entry entry : subject.entries) {
            Alert open = incidents.open(entry.key());
            if (entry.held()) {
                memory.delete(HELD + entry.key());
            } else if (open != null) {
                open.setCause(id);
                incidents.wrong(open);
            }
        }
        subject.entries.clear();
        store(of, subject);
    }

    /** Peers are told once in each clock hour, at any time of it. */
    private long together() {
        return 2 * settings.flowQuiet().toMillis();
    }

    private void roleQuiet(String role, long at) {
        RolePeers peers = RolePeers.decode(memory.get(PEERS + role));
        long newest = peers.newest();
        if (newest + together() > at) {
            timers.set(newest + together(), ROLE + role);
            return;
        }
        memory.delete(PEERS + role);
        if (owns.test(FindingKeys.role(role))) {
            end(FlowWords.roleKey(role), together());
        }
    }

    private Effect one(FlowWords words, String of, FlowSubject subject, Finding finding) {
        long now = finding.getArrival();
        Alert alert = words.one();
        String family = words.family();
        FlowSubject.Entry entry = subject.of(alert.getKey());
        if (entry == null) {
            long alike = subject.entries.stream().filter(e -> e.family().equals(family)).count();
            Alert all = words.alike();
            if (subject.of(all.getKey()) != null || alike >= settings.groupAbove()) {
                alert = joined(all, subject, family);
                entry = subject.of(alert.getKey());
            }
        }
        if (entry == null && words.isInCrowd(crowdedServers)) {
            return Effect.ABSORBED;
        }
        if (entry != null && !entry.held()) {
            subject.put(new FlowSubject.Entry(entry.key(), family, false, now));
            return incidents.wrong(merged(incidents.open(alert.getKey()), alert));
        }
        if (entry == null) {
            timers.set(now + settings.flowHold().toMillis(), HOLD + of + "\n" + alert.getKey());
            timers.set(now + settings.flowQuiet().toMillis(), QUIET + of + "\n" + alert.getKey());
        }
        subject.put(new FlowSubject.Entry(alert.getKey(), family, true, now));
        memory.put(HELD + alert.getKey(), codec.encode(merged(held(alert.getKey()), alert)));
        return Effect.ABSORBED;
    }

    /** The alert of a sort, with those of the sort that still wait. */
    private Alert joined(Alert all, FlowSubject subject, String family) {
        for (FlowSubject.Entry entry : new ArrayList<>(subject.entries)) {
            Alert held = held(entry.key());
            boolean joins =
                    entry.family().equals(family)
                            && entry.held()
                            && held != null
                            && !entry.key().equals(all.getKey());
            if (joins) {
                all.setCount(all.getCount() + 1);
                all.setOpenedAt(Math.min(all.getOpenedAt(), held.getOpenedAt()));
                memory.delete(HELD + entry.key());
                subject.remove(entry.key());
            }
        }
        return all;
    }

    /** Everything of this subject is one alert from here on. */
    private Effect crowd(FlowWords words, String of, FlowSubject subject, Finding finding) {
        Alert alert = words.crowd(subject.entries.size());
        Alert open = incidents.open(alert.getKey());
        if (open != null) {
            alert = merged(open, alert);
        }
        if (subject.crowd == null) {
            subject.crowd = alert.getKey();
            for (FlowSubject.Entry entry : subject.entries) {
                Alert held = held(entry.key());
                if (entry.held() && held != null) {
                    alert.setOpenedAt(Math.min(alert.getOpenedAt(), held.getOpenedAt()));
                }
            }
            timers.set(finding.getArrival() + settings.flowQuiet().toMillis(), CROWD + of);
        }
        subject.crowdSeen = finding.getArrival();
        Effect effect = incidents.wrong(alert);
        Alert standing = incidents.open(alert.getKey());
        for (FlowSubject.Entry entry : new ArrayList<>(subject.entries)) {
            if (entry.held()) {
                memory.delete(HELD + entry.key());
            } else {
                explained(entry.key(), standing);
            }
        }
        subject.entries.clear();
        return effect;
    }

    private void explained(String key, Alert by) {
        Alert open = incidents.open(key);
        if (open != null && by != null) {
            open.setCause(by.getId());
            incidents.wrong(open);
        }
    }

    private Alert held(String key) {
        byte[] stored = memory.get(HELD + key);
        return stored == null ? null : codec.decode(stored);
    }

    /** The newer words with the older beginning; a group counts its pairs. */
    private static Alert merged(Alert before, Alert now) {
        if (before != null) {
            now.setOpenedAt(before.getOpenedAt());
            if (!before.getEvidence().isEmpty() && !FlowWords.isOne(now)) {
                var samples = new ArrayList<>(before.getEvidence());
                for (String sample : now.getEvidence()) {
                    if (samples.size() < 5 && !samples.contains(sample)) {
                        samples.add(sample);
                    }
                }
                now.setEvidence(samples);
                now.setCount(Math.max(now.getCount(), before.getCount() + 1));
            }
        }
        return now;
    }

    /** A time has come; returns whether it was one of ours. */
    boolean due(long at, String what) {
        if (what.startsWith(HOLD)) {
            int cut = what.lastIndexOf('\n');
            release(what.substring(HOLD.length(), cut), what.substring(cut + 1));
        } else if (what.startsWith(QUIET)) {
            int cut = what.lastIndexOf('\n');
            quiet(what.substring(QUIET.length(), cut), what.substring(cut + 1), at);
        } else if (what.startsWith(CROWD)) {
            crowdQuiet(what.substring(CROWD.length()), at);
        } else if (what.startsWith(ROLE)) {
            roleQuiet(what.substring(ROLE.length()), at);
        } else {
            return crowdedServers.due(at, what);
        }
        return true;
    }

    private void release(String of, String key) {
        FlowSubject subject = FlowSubject.decode(memory.get(SUBJECTS + of));
        FlowSubject.Entry entry = subject.of(key);
        Alert held = held(key);
        if (entry != null && entry.held() && held != null) {
            memory.delete(HELD + key);
            subject.put(new FlowSubject.Entry(key, entry.family(), false, entry.seen()));
            memory.put(SUBJECTS + of, subject.encode());
            incidents.wrong(held);
        }
    }

    private void quiet(String of, String key, long at) {
        FlowSubject subject = FlowSubject.decode(memory.get(SUBJECTS + of));
        FlowSubject.Entry entry = subject.of(key);
        long quiet = settings.flowQuiet().toMillis();
        if (entry == null) {
            // It went into a crowd, which does not end it: the conversation itself does.
            end(key, quiet);
        } else if (entry.seen() + quiet > at) {
            timers.set(entry.seen() + quiet, QUIET + of + "\n" + key);
        } else {
            subject.remove(key);
            store(of, subject);
            end(key, quiet);
        }
    }

    private void crowdQuiet(String of, long at) {
        FlowSubject subject = FlowSubject.decode(memory.get(SUBJECTS + of));
        long quiet = settings.flowQuiet().toMillis();
        if (subject.crowd == null) {
            return;
        }
        if (subject.crowdSeen + quiet > at) {
            timers.set(subject.crowdSeen + quiet, CROWD + of);
        } else {
            String key = subject.crowd;
            subject.crowd = null;
            store(of, subject);
            end(key, quiet);
        }
    }

    private void end(String key, long quiet) {
        Alert open = incidents.open(key);
        if (open != null) {
            long last = open.getLastSeen() == null ? open.getOpenedAt() : open.getLastSeen();
            incidents.right(key, last + quiet, "not seen for " + Times.span(quiet));
        }
    }

    private void store(String of, FlowSubject subject) {
        if (subject.isEmpty()) {
            memory.delete(SUBJECTS + of);
        } else {
            memory.put(SUBJECTS + of, subject.encode());
        }
    }

    /** Nothing comes any more: what is held is an alert now. */
    void finish() {
        var held = new ArrayList<Alert>();
        memory.scan(
                HELD,
                (key, value) -> {
                    held.add(codec.decode(value));
                    return true;
                });
        for (Alert alert : held) {
            memory.delete(HELD + alert.getKey());
            incidents.wrong(alert);
        }
    }
}
