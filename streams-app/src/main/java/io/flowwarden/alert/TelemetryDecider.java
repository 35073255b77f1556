package io.flowwarden.alert;

import io.flowwarden.alert.Incidents.Effect;
import io.flowwarden.detect.FindingKeys;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.SourceState;
import io.flowwarden.schemas.Telemetry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Alerts about those who report flows: one for each exporter and kind, however many domains. */
final class TelemetryDecider {
    private static final String STATES = "e/";
    private static final int VERSION = 1;

    /** Stands for the sources of an exporter that never sent. */
    private static final String NEVER = "";

    private record One(long since, long lost, long expected, String detail) {}

    private final SettleMemory memory;
    private final Incidents incidents;
    private final Sources sources;
    private final UnaryOperator<String> hostMissing;
    private final Predicate<String> owns;
    private Roster roster = Roster.EMPTY;

    /**
     * @param hostMissing id of the open alert that a host is missing, or null
     * @param owns whether findings with this key come here
     */
    TelemetryDecider(
            SettleMemory memory,
            Incidents incidents,
            Sources sources,
            UnaryOperator<String> hostMissing,
            Predicate<String> owns) {
        this.memory = memory;
        this.incidents = incidents;
        this.sources = sources;
        this.hostMissing = hostMissing;
        this.owns = owns;
    }

    /** Key of the alert that an exporter is silent. */
    static String lostKey(String exporter) {
        return Ids.key(
                Kind.TELEMETRY_LOST.alertClass(), Kind.TELEMETRY_LOST.name() + "\n" + exporter);
    }

    /** Where actions about it must go: here. */
    private String findingKey(String who) {
        String beats = roster.beatsOf(who);
        return owns.test(FindingKeys.source(who)) || beats == null
                ? FindingKeys.source(who)
                : FindingKeys.link(beats);
    }

    void roster(Roster now) {
        roster = now;
    }

    Effect decide(Finding finding, Telemetry telemetry) {
        Kind kind;
        try {
            kind = Kind.valueOf(telemetry.getKind());
        } catch (IllegalArgumentException ofALaterVersion) {
            return Effect.ABSORBED;
        }
        String who =
                telemetry.getExporter() == null ? finding.getSource() : telemetry.getExporter();
        String about = kind.name() + "\n" + who;
        TreeMap<String, One> domains = domains(about);
        boolean forgotten = telemetry.getState().equals("FORGOTTEN");
        if (forgotten && kind == Kind.TELEMETRY_LOST && roster.exporters().containsKey(who)) {
            // It was to be there, and is not: that ends when it is new again.
            return Effect.ABSORBED;
        }
        if (forgotten || telemetry.getState().equals("CLEAR")) {
            domains.remove(finding.getSource());
        } else {
            domains.put(
                    finding.getSource(),
                    new One(
                            telemetry.getSince(),
                            telemetry.getLost() == null ? 0 : telemetry.getLost(),
                            telemetry.getExpected() == null ? 0 : telemetry.getExpected(),
                            telemetry.getDetail()));
        }
        if (domains.isEmpty()) {
            memory.delete(STATES + about);
            return incidents.right(
                    Ids.key(kind.alertClass(), about), finding.getAt(), telemetry.getDetail());
        }
        store(about, domains);
        return incidents.wrong(alert(finding, kind, who, about, domains));
    }

    /** An exporter that a site lists and that nobody has heard since it was declared. */
    void neverSent(String exporter, String site, long since, long at) {
        String about = Kind.TELEMETRY_LOST.name() + "\n" + exporter;
        String title = "Exporter " + exporter + " has never sent since " + Times.full(since);
        Draft draft =
                new Draft(
                                Kind.TELEMETRY_LOST,
                                Kind.TELEMETRY_LOST.alertClass(),
                                about,
                                FindingKeys.source(exporter))
                        .since(at)
                        .words(
                                title,
                                title
                                        + ": site "
                                        + site
                                        + " lists it. What only it could see, nobody sees.");
        draft.subject().setExporter(exporter);
        draft.subject().setClientSite(site);
        TreeMap<String, One> domains = domains(about);
        domains.put(NEVER, new One(at, 0, 0, title));
        store(about, domains);
        incidents.wrong(draft.alert());
    }

    /** An exporter that had never sent, or whose source had lost its place, reports. */
    void heard(Finding finding, SourceState state) {
        if (!state.getState().equals("NEW")) {
            return;
        }
        String about = Kind.TELEMETRY_LOST.name() + "\n" + state.getExporter();
        TreeMap<String, One> domains = domains(about);
        if (domains.keySet().removeAll(List.of(NEVER, finding.getSource()))) {
            ended(about, domains, finding.getAt(), "it reports");
        }
    }

    /** What only the estate kept open ends with it. */
    void prune(long at) {
        var lost = new ArrayList<String>();
        memory.scan(
                STATES + Kind.TELEMETRY_LOST.name() + "\n",
                (key, value) -> {
                    lost.add(key.substring(STATES.length()));
                    return true;
                });
        for (String about : lost) {
            TreeMap<String, One> domains = domains(about);
            boolean listed =
                    roster.exporters().containsKey(about.substring(about.indexOf('\n') + 1));
            if (!listed && domains.keySet().removeIf(source -> !sources.knows(source))) {
                ended(about, domains, at, "no site lists it any more");
            }
        }
    }

    private void ended(String about, TreeMap<String, One> domains, long at, String how) {
        if (domains.isEmpty()) {
            memory.delete(STATES + about);
            incidents.right(Ids.key(Kind.TELEMETRY_LOST.alertClass(), about), at, how);
        } else {
            store(about, domains);
        }
    }

    private void store(String about, TreeMap<String, One> domains) {
        memory.put(STATES + about, Fields.encode(VERSION, domains, TelemetryDecider::write));
    }

    private Alert alert(
            Finding finding, Kind kind, String who, String about, TreeMap<String, One> domains) {
        long since = domains.values().stream().mapToLong(One::since).min().orElseThrow();
        long lost = domains.values().stream().mapToLong(One::lost).sum();
        long expected = domains.values().stream().mapToLong(One::expected).sum();
        String title =
                switch (kind) {
                    case TELEMETRY_LOST -> "No flow records from " + who;
                    case TELEMETRY_GAP -> "Flow records of " + who + " get lost";
                    case TELEMETRY_UNREADABLE -> "Flow records of " + who + " cannot be read";
                    case CLOCK_SKEW -> "Clock of " + who + " is wrong";
                    case COLLECTOR_LOST -> "Collector " + who + " is silent";
                    case UNKNOWN_EXPORTER -> "Exporter " + who + " is not in the estate";
                    default -> kind.name() + " " + who;
                };
        String dated = title + " since " + Times.full(since);
        var text = new StringBuilder(dated).append(": ");
        text.append(domains.firstEntry().getValue().detail());
        if (kind == Kind.TELEMETRY_LOST) {
            text.append(". Nothing is said to be missing on its word alone meanwhile");
        }
        text.append('.');
        Draft draft =
                new Draft(kind, kind.alertClass(), about, findingKey(who))
                        .severity(severity(kind, who))
                        .since(since)
                        .revisions(finding)
                        .words(dated, text.toString())
                        .evidence(
                                domains.entrySet().stream()
                                        .map(e -> e.getKey() + ": " + e.getValue().detail())
                                        .toList());
        draft.subject().setExporter(who);
        draft.subject().setClientSite(sources.side(domains.firstKey()));
        Alert alert = draft.alert();
        alert.setCount(lost);
        alert.setPackets(expected);
        alert.setLastGood(since);
        if (kind == Kind.TELEMETRY_LOST) {
            alert.setCause(hostMissing.apply(who));
        }
        return alert;
    }

    private Severity severity(Kind kind, String exporter) {
        return switch (kind) {
            case CLOCK_SKEW, UNKNOWN_EXPORTER -> Severity.INFO;
            // The last who could have seen the declared links.
            case TELEMETRY_LOST ->
                    roster.hasLinks() && !sources.othersLive(exporter)
                            ? Severity.CRITICAL
                            : Severity.WARNING;
            case COLLECTOR_LOST -> roster.hasLinks() ? Severity.CRITICAL : Severity.WARNING;
            default -> Severity.WARNING;
        };
    }

    private TreeMap<String, One> domains(String about) {
        TreeMap<String, One> known =
                Fields.decode(VERSION, memory.get(STATES + about), TelemetryDecider::read);
        return known == null ? new TreeMap<>() : known;
    }

    private static void write(Fields.Writer to, TreeMap<String, One> domains) throws IOException {
        to.list(
                List.copyOf(domains.entrySet()),
                (out, e) ->
                        out.text(e.getKey())
                                .number(e.getValue().since())
                                .number(e.getValue().lost())
                                .number(e.getValue().expected())
                                .text(e.getValue().detail()));
    }

    private static TreeMap<String, One> read(Fields.Reader from) throws IOException {
        var domains = new TreeMap<String, One>();
        from.list(
                in ->
                        domains.put(
                                in.text(),
                                new One(in.number(), in.number(), in.number(), in.text())));
        return domains;
    }
}
