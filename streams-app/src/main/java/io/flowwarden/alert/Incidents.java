package io.flowwarden.alert;

import io.flowwarden.alert.Changes.Change;
import io.flowwarden.roster.Roster;
import io.flowwarden.roster.Silence;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Subject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Open incidents, one for each key, and the life of their alerts: written when they open, get
 * another kind or severity or cause, and end; in between at most every so often; deleted when they
 * are long over.
 */
final class Incidents {
    /** What a report, or a time that has come, did. */
    enum Effect {
        OPENED,
        UPDATED,
        RESOLVED,
        MUTED,
        ABSORBED
    }

    private static final String OPEN = "i/";
    private static final String MUTES = "u/";
    private static final String UPDATE = "update ";
    private static final String REVEAL = "reveal ";
    private static final String RETIRE = "retire ";
    private static final long SHOWN = 0;
    private static final long HOUR = 3_600_000;

    /**
     * An open incident.
     *
     * @param written tick time at which its alert was last written
     * @param hiddenUntil event time at which the maintenance ends that keeps it quiet, or 0
     * @param stale whether it has changed since it was written
     */
    private record Incident(Alert alert, long written, long hiddenUntil, boolean stale) {}

    private final SettleMemory memory;
    private final AlertCodec codec;
    private final AlertSettings settings;
    private final Timers timers;
    private final Changes out;
    private Roster roster = Roster.EMPTY;

    /** Tick time of what is being settled. */
    private long now;

    /**
     * @param out takes alerts as they change
     */
    Incidents(
            SettleMemory memory,
            AlertCodec codec,
            AlertSettings settings,
            Timers timers,
            Changes out) {
        this.memory = memory;
        this.codec = codec;
        this.settings = settings;
        this.timers = timers;
        this.out = out;
    }

    void roster(Roster now) {
        roster = now;
    }

    /** The tick time of what is settled from here on. */
    void now(long tick) {
        now = tick;
    }

    /** The open alert of a key, or null. */
    Alert open(String key) {
        Incident incident = incident(key);
        return incident == null ? null : incident.alert();
    }

    /**
     * Something is wrong: opens an incident, or says more of the open one. Id, state, opened_at of
     * the open one, previous kinds, ack and mute are filled in here.
     *
     * @param wrong the alert as it should read
     */
    Effect wrong(Alert wrong) {
        if (roster.revision() == null && wrong.getSeverity().equals(Severity.CRITICAL.text())) {
            // Who has declared nothing is not woken up.
            wrong.setSeverity(Severity.WARNING.text());
        }
        Incident before = incident(wrong.getKey());
        return before == null ? begin(wrong) : change(before, wrong);
    }

    private Effect begin(Alert alert) {
        alert.setId(Ids.id(alert.getKey(), begun(alert)));
        alert.setState("OPEN");
        alert.setMutedBy(mute(alert.getKey(), alert.getOpenedAt()));
        Long hidden = hiddenUntil(alert, alert.getOpenedAt());
        if (hidden != null) {
            store(new Incident(alert, now, hidden, true));
            // Event times and tick times differ by the delay of the source only.
            timers.set(hidden, REVEAL + alert.getKey());
            return Effect.MUTED;
        }
        write(alert, Change.OPENED);
        return alert.getMutedBy() == null ? Effect.OPENED : Effect.MUTED;
    }

    /** Flows of one hour are one incident, whichever of them came first (design: fine print). */
    static long begun(Alert alert) {
        return alert.getClass$().equals(Kind.UNEXPECTED_FLOW.alertClass())
                ? hour(alert.getOpenedAt())
                : alert.getOpenedAt();
    }

    /** What the id of an alert about flows is made of. */
    static long hour(long openedAt) {
        return openedAt - Math.floorMod(openedAt, HOUR);
    }

    private Effect change(Incident before, Alert alert) {
        Alert old = before.alert();
        alert.setId(old.getId());
        alert.setOpenedAt(old.getOpenedAt());
        alert.setState("OPEN");
        alert.setAckedBy(old.getAckedBy());
        alert.setMutedBy(mute(alert.getKey(), now));
        if (alert.getCause() == null) {
            alert.setCause(old.getCause());
        }
        alert.setPreviousKinds(previousKinds(old, alert));
        if (before.hiddenUntil() != SHOWN) {
            store(new Incident(alert, before.written(), before.hiddenUntil(), true));
            return Effect.MUTED;
        }
        boolean worse =
                !old.getKind().equals(alert.getKind())
                        || Severity.of(alert.getSeverity())
                                        .compareTo(Severity.of(old.getSeverity()))
                                > 0;
        boolean matters =
                worse
                        || !old.getSeverity().equals(alert.getSeverity())
                        || !Objects.equals(old.getCause(), alert.getCause())
                        || !Objects.equals(old.getMutedBy(), alert.getMutedBy());
        if (worse) {
            alert.setAckedBy(null);
        }
        if (matters) {
            write(alert);
            return Effect.UPDATED;
        }
        if (alert.equals(old)) {
            return Effect.ABSORBED;
        }
        store(new Incident(alert, before.written(), SHOWN, true));
        if (!before.stale() && alert.getAckedBy() == null) {
            timers.set(
                    before.written() + settings.updateEvery().toMillis(), UPDATE + alert.getKey());
        }
        return Effect.ABSORBED;
    }

    private static List<String> previousKinds(Alert old, Alert alert) {
        if (old.getKind().equals(alert.getKind())) {
            return old.getPreviousKinds();
        }
        var kinds = new ArrayList<>(old.getPreviousKinds());
        kinds.remove(old.getKind());
        kinds.add(old.getKind());
        return kinds;
    }

    /**
     * It is over.
     *
     * @param at event time
     * @param how said at the end of the explanation
     */
    Effect right(String key, long at, String how) {
        Incident incident = incident(key);
        if (incident == null) {
            return Effect.ABSORBED;
        }
        memory.delete(OPEN + key);
        if (incident.hiddenUntil() != SHOWN) {
            return Effect.MUTED;
        }
        Alert alert = incident.alert();
        alert.setState("RESOLVED");
        alert.setResolvedAt(Math.max(at, alert.getOpenedAt()));
        alert.setExplanation(alert.getExplanation() + " Resolved: " + how + ".");
        alert.setTitle(alert.getTitle() + " (resolved)");
        out.changed(alert.getId(), alert, Change.RESOLVED);
        timers.set(now + settings.retention().toMillis(), RETIRE + alert.getId());
        return Effect.RESOLVED;
    }

    /** A time has come. */
    boolean due(long at, String what) {
        if (what.startsWith(RETIRE)) {
            out.changed(what.substring(RETIRE.length()), null, Change.DELETED);
        } else if (what.startsWith(UPDATE)) {
            refresh(what.substring(UPDATE.length()), at);
        } else if (what.startsWith(REVEAL)) {
            Incident incident = incident(what.substring(REVEAL.length()));
            if (incident != null && incident.hiddenUntil() != SHOWN) {
                reveal(incident, at);
            }
        } else {
            return false;
        }
        return true;
    }

    /** Writes what changed since, the end of a mute included. */
    private void refresh(String key, long at) {
        Incident incident = incident(key);
        if (incident == null || incident.hiddenUntil() != SHOWN) {
            return;
        }
        Alert alert = incident.alert();
        String muted = mute(key, at);
        boolean unmuted = !Objects.equals(muted, alert.getMutedBy());
        alert.setMutedBy(muted);
        if (unmuted || incident.stale() && alert.getAckedBy() == null) {
            write(alert);
        }
    }

    /** The maintenance is over and it is still wrong. Another may have begun meanwhile. */
    private void reveal(Incident incident, long at) {
        Alert alert = incident.alert();
        Long hidden = hiddenUntil(alert, at);
        if (hidden == null) {
            write(alert, Change.OPENED);
        } else {
            store(new Incident(alert, incident.written(), hidden, true));
            timers.set(hidden, REVEAL + alert.getKey());
        }
    }

    /** Sets or takes away who has acknowledged it. */
    Effect acknowledge(String key, String by) {
        Incident incident = incident(key);
        if (incident == null || Objects.equals(incident.alert().getAckedBy(), by)) {
            return Effect.ABSORBED;
        }
        incident.alert().setAckedBy(by);
        write(incident.alert());
        return Effect.UPDATED;
    }

    /**
     * Mutes a key, open or not, or unmutes it.
     *
     * @param text said in muted_by; null unmutes
     * @param until epoch ms
     */
    Effect mute(String key, String text, long until) {
        if (text == null) {
            memory.delete(MUTES + key);
        } else {
            memory.put(
                    MUTES + key,
                    Fields.encode(1, text, (to, value) -> to.number(until).text(value)));
            timers.set(until, UPDATE + key);
        }
        Incident incident = incident(key);
        if (incident == null) {
            return Effect.ABSORBED;
        }
        incident.alert().setMutedBy(text);
        write(incident.alert());
        return Effect.UPDATED;
    }

    private String mute(String key, long at) {
        byte[] stored = memory.get(MUTES + key);
        if (stored == null) {
            return null;
        }
        return Fields.decode(
                1,
                stored,
                from -> {
                    long until = from.number();
                    String text = from.text();
                    return at < until ? text : null;
                });
    }

    /** Open alerts of some sort. */
    List<Alert> open(Predicate<Alert> wanted) {
        var found = new ArrayList<Alert>();
        memory.scan(
                OPEN,
                (key, value) -> {
                    Alert alert = decode(value).alert();
                    if (wanted.test(alert)) {
                        found.add(alert);
                    }
                    return true;
                });
        return found;
    }

    /** Ends those that a predicate wants ended, e.g. those of links that are gone. */
    void rightWhere(Predicate<Alert> over, long at, String how) {
        var keys = new ArrayList<String>();
        memory.scan(
                OPEN,
                (key, value) -> {
                    if (over.test(decode(value).alert())) {
                        keys.add(key.substring(OPEN.length()));
                    }
                    return true;
                });
        keys.forEach(key -> right(key, at, how));
    }

    /**
     * Gives those that nothing explains yet, and that a predicate finds, this alert for a cause.
     */
    void explain(Predicate<Alert> which, String cause) {
        var found = new ArrayList<Alert>();
        memory.scan(
                OPEN,
                (key, value) -> {
                    Alert alert = decode(value).alert();
                    if (alert.getCause() == null && which.test(alert)) {
                        found.add(alert);
                    }
                    return true;
                });
        for (Alert alert : found) {
            alert.setCause(cause);
            wrong(alert);
        }
    }

    private Long hiddenUntil(Alert alert, long at) {
        Subject subject = alert.getSubject();
        List<String> sites =
                Stream.of(subject.getClientSite(), subject.getServerSite())
                        .filter(Objects::nonNull)
                        .toList();
        List<String> endpoints =
                Stream.of(subject.getClientName(), subject.getServerName())
                        .filter(Objects::nonNull)
                        .toList();
        Long latest = null;
        for (Silence silence : roster.silences()) {
            Long until = silence.until(at);
            if (until != null
                    && silence.covers(
                            alert.getClass$(), alert.getKind(), subject.getLink(), sites, endpoints)
                    && (latest == null || until > latest)) {
                latest = until;
            }
        }
        return latest;
    }

    private void write(Alert alert) {
        write(alert, Change.UPDATED);
    }

    private void write(Alert alert, Change change) {
        store(new Incident(alert, now, SHOWN, false));
        out.changed(alert.getId(), alert, change);
    }

    private Incident incident(String key) {
        byte[] stored = memory.get(OPEN + key);
        return stored == null ? null : decode(stored);
    }

    private void store(Incident incident) {
        byte[] alert = codec.encode(incident.alert());
        memory.put(
                OPEN + incident.alert().getKey(),
                ByteBuffer.allocate(2 * Long.BYTES + 1 + alert.length)
                        .putLong(incident.written())
                        .putLong(incident.hiddenUntil())
                        .put((byte) (incident.stale() ? 1 : 0))
                        .put(alert)
                        .array());
    }

    private Incident decode(byte[] stored) {
        var from = ByteBuffer.wrap(stored);
        long written = from.getLong();
        long hidden = from.getLong();
        boolean stale = from.get() == 1;
        byte[] alert = new byte[from.remaining()];
        from.get(alert);
        return new Incident(codec.decode(alert), written, hidden, stale);
    }
}
