package io.flowwarden.alert;

import io.flowwarden.alert.Incidents.Effect;
import io.flowwarden.detect.FindingKeys;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Action;
import io.flowwarden.schemas.Attempt;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.LinkMinute;
import io.flowwarden.schemas.LinkUnseen;
import io.flowwarden.schemas.MemberDegraded;
import io.flowwarden.schemas.MemberSight;
import io.flowwarden.schemas.PairState;
import io.flowwarden.schemas.SourceState;
import io.flowwarden.schemas.Telemetry;
import io.flowwarden.schemas.Unexpected;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Findings, in the one order, to alerts. What is due by time happens between the findings that came
 * before and after it in tick time, so the strides in which time is told change nothing.
 */
final class Settlement {
    private static final String REVISION = "revision";
    private static final String EXPORTER = "exporter ";

    private final SettleMemory memory;
    private final AlertSettings settings;
    private final Predicate<String> owns;
    private final Timers timers;
    private final Incidents incidents;
    private final Sources sources;
    private final Pairs pairs;
    private final LinkDecider links;
    private final PairDecider pairDecider;
    private final TelemetryDecider telemetry;
    private final ServiceDecider services;
    private final FlowDecider flows;
    private Roster roster = Roster.EMPTY;

    /**
     * @param owns whether findings with this key come here
     */
    Settlement(
            SettleMemory memory,
            AlertCodec codec,
            AlertSettings settings,
            Predicate<String> owns,
            Changes out) {
        this.memory = memory;
        this.settings = settings;
        this.owns = owns;
        timers = new Timers(memory);
        incidents = new Incidents(memory, codec, settings, timers, out);
        sources = new Sources(memory);
        pairs = new Pairs(memory, sources);
        links = new LinkDecider(memory, incidents, sources, pairs, timers);
        pairDecider = new PairDecider(incidents, pairs);
        telemetry = new TelemetryDecider(memory, incidents, sources, links::hostMissing, owns);
        services = new ServiceDecider(incidents);
        flows = new FlowDecider(memory, incidents, codec, settings, timers, owns);
    }

    /** The estate in force; what it no longer has ends, at this tick time. */
    void roster(Roster now, long tick) {
        if (now == roster) {
            return;
        }
        roster = now;
        incidents.roster(now);
        sources.roster(now);
        links.roster(now);
        telemetry.roster(now);
        byte[] revision = revision(now);
        if (!Arrays.equals(revision, memory.get(REVISION))) {
            memory.put(REVISION, revision);
            incidents.now(tick);
            links.prune(tick);
            telemetry.prune(tick);
            now.exporters()
                    .keySet()
                    .forEach(
                            exporter ->
                                    timers.set(
                                            tick + settings.exporterPatience().toMillis(),
                                            EXPORTER + tick + " " + exporter));
        }
    }

    private static byte[] revision(Roster roster) {
        return String.valueOf(roster.revision()).getBytes(StandardCharsets.UTF_8);
    }

    /** One finding; returns what became of it. Those that are told to all count nowhere. */
    Effect take(Finding finding) {
        passTo(finding.getArrival());
        incidents.now(finding.getArrival());
        Object body = finding.getBody();
        if (body instanceof SourceState state) {
            source(finding, state);
            return null;
        } else if (body instanceof PairState state) {
            pairs.take(finding.getSource(), state);
            if (owns.test(FindingKeys.pair(state.getFrom(), state.getTo()))) {
                pairDecider.decide(finding, state);
            }
            links.pairChanged(state);
            return null;
        } else if (body instanceof MemberSight sight) {
            return links.sight(finding, sight);
        } else if (body instanceof LinkMinute minute) {
            return links.minute(finding, minute);
        } else if (body instanceof MemberDegraded degraded) {
            return links.degraded(finding, degraded);
        } else if (body instanceof LinkUnseen unseen) {
            return links.unseen(finding, unseen);
        } else if (body instanceof Attempt attempt) {
            return attempt.getLink() == null
                    ? services.decide(finding, attempt)
                    : links.attempt(finding, attempt);
        } else if (body instanceof Telemetry told) {
            return telemetry.decide(finding, told);
        } else if (body instanceof Unexpected flow) {
            if (flow.getState().equals("CROWD")) {
                flows.peer(finding, flow);
                return null;
            }
            if (!FlowWords.isOfServer(flow)) {
                return flows.decide(finding, flow);
            }
            boolean ours = owns.test(FindingKeys.server(flow.getTalk().getServer()));
            Effect effect = ours ? flows.decide(finding, flow) : null;
            flows.crowded(finding, flow);
            return effect;
        }
        return Effect.ABSORBED;
    }

    private void source(Finding finding, SourceState state) {
        sources.take(finding.getSource(), state, finding.getArrival());
        links.sourceChanged(finding);
        if (state.getState().equals("FORGOTTEN")) {
            links.sourceForgotten(finding);
            for (String[] pair : pairs.forget(finding.getSource())) {
                if (owns.test(FindingKeys.pair(pair[0], pair[1]))) {
                    pairDecider.forgotten(finding, pair[0], pair[1]);
                }
            }
        } else if (state.getExporter() != null) {
            links.hostChanged(finding, state);
            telemetry.heard(finding, state);
        }
    }

    /** Tick time has passed this; nothing earlier comes any more. */
    void passTo(long tick) {
        timers.run(
                tick,
                (at, what) -> {
                    incidents.now(at);
                    boolean known =
                            incidents.due(at, what) || links.due(at, what) || flows.due(at, what);
                    if (!known && what.startsWith(EXPORTER)) {
                        exporterDue(what.substring(EXPORTER.length()), at);
                    }
                });
    }

    private void exporterDue(String what, long at) {
        int cut = what.indexOf(' ');
        String exporter = what.substring(cut + 1);
        String site = roster.exporters().get(exporter);
        if (site != null
                && !sources.hasExporter(exporter)
                && owns.test(FindingKeys.source(exporter))) {
            telemetry.neverSent(exporter, site, Long.parseLong(what.substring(0, cut)), at);
        }
    }

    /** An operator's word; his wall clock counts. */
    Effect act(Action action) {
        return switch (action.getAction()) {
            case "ACK" -> incidents.acknowledge(action.getAlertKey(), action.getBy());
            case "UNACK" -> incidents.acknowledge(action.getAlertKey(), null);
            case "MUTE" ->
                    incidents.mute(
                            action.getAlertKey(),
                            action.getBy()
                                    + (action.getReason() == null ? "" : ": " + action.getReason()),
                            action.getUntil() == null ? Long.MAX_VALUE : action.getUntil());
            case "UNMUTE" -> incidents.mute(action.getAlertKey(), null, 0);
            default -> Effect.ABSORBED;
        };
    }

    /** Nothing comes any more. */
    void finish() {
        flows.finish();
    }

    /** Members that some sources have lost and others have not decided. */
    int pending() {
        return links.undecided();
    }
}
