package io.flowwarden.witness;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.detect.Detector;
import io.flowwarden.detect.Findings;
import io.flowwarden.detect.Judged;
import io.flowwarden.detect.Memory;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Notices what is not there any more: members of links that a source has lost sight of, and sources
 * that fell silent or lose records. It says what one source sees, by that source's own clock;
 * whether something is missing is settled from what all of them say.
 */
public final class Witness implements Detector {
    private static final String FORGOTTEN = "f/";
    private static final long DAY = 24L * 3600 * 1000;
    private static final long AHEAD = 5 * 60_000;

    /** Members told in one step; the rest follows with the next record or tick. */
    private static final int AT_ONCE = 5_000;

    private final Memory memory;
    private final WitnessLimits limits;
    private final TickTime time;
    private final Declarations estate;
    private final Population population;
    private final Sightings sightings = new Sightings();
    private final Map<String, SourceWatch> sources = new HashMap<>();
    private final List<String> forgotten = new ArrayList<>();

    /** Sources with members that are still to be told lost. */
    private final List<SourceWatch> behind = new ArrayList<>();

    /** Links of which the record at hand has flows. */
    private final List<LinkWatch> touched = new ArrayList<>();

    private boolean restored;
    private SourceWatch current;
    private DeclaredLink lastLink;
    private LinkWatch lastWatch;

    /**
     * @param memory what it remembered before it was stopped, if anything
     */
    public Witness(Memory memory, WitnessLimits limits) {
        this.memory = memory;
        this.limits = limits;
        time = new TickTime(memory, limits.collectorGap().toMillis());
        estate = new Declarations(memory);
        population = new Population(limits.members());
        memory.scan(
                SourceWatch.STATE,
                (key, value) -> {
                    String id = key.substring(SourceWatch.STATE.length());
                    sources.put(id, SourceWatch.restore(id, value, memory));
                });
        memory.scan(FORGOTTEN, (key, value) -> forgotten.add(key.substring(FORGOTTEN.length())));
    }

    @Override
    public void judged(RawRecord raw, Judged judged, Findings findings) {
        var out = new Outbox(findings);
        begin(judged.roster(), time.now(raw.receivedAt()), out);
        DecodeReport report = judged.report();
        FlowBatch flows = judged.flows();
        long clock = clock(raw, report);
        SourceWatch source = sources.get(raw.source());
        current = source;
        lastLink = null;
        if (source == null) {
            source = meet(raw, judged, clock, out);
        } else {
            hear(source, raw, judged, clock, out);
        }
        listed(source, raw.receivedAt(), out);
        declare(source, out);
        habits(source, report, flows, out);
        sightings.take(flows, judged.verdicts(), judged.roster(), source, this::watch, out);
        settle(source, out);
        source.store(memory);
    }

    @Override
    public void tick(RawRecord tick, Judged judged, Findings findings) {
        var out = new Outbox(findings);
        begin(judged.roster(), tick.receivedAt(), out);
        time.tick(tick.source(), tick.receivedAt(), out);
        List<SourceWatch> silent = new ArrayList<>();
        boolean files = TickTime.isFiles(tick.source());
        for (SourceWatch source : sources.values()) {
            if (files && !isDatagram(source.format)) {
                // A chunk of a file may span hours: how often they come says nothing.
                continue;
            }
            if (!source.silent && time.awake() - source.heard > limits.silence().toMillis() / 2) {
                source.facts(judged.roster());
                if (time.awake() - source.heard
                        > source.patience(tick.receivedAt(), limits.silence().toMillis())) {
                    silent.add(source);
                }
            }
        }
        silent.sort((a, b) -> a.id.compareTo(b.id));
        for (SourceWatch source : silent) {
            lose(source, tick.receivedAt(), out);
        }
        if (!behind.isEmpty()) {
            List.copyOf(behind).forEach(source -> settle(source, out));
        }
    }

    @Override
    public void forget(String source) {
        SourceWatch known = sources.remove(source);
        if (known == null) {
            return;
        }
        known.links.values().forEach(LinkWatch::forget);
        behind.remove(known);
        PairWatch.forget(source, memory);
        memory.delete(SourceWatch.STATE + source);
        memory.delete(SourceWatch.HABITS + source);
        memory.put(FORGOTTEN + source, Fields.write(known::writeLast));
        forgotten.add(source);
    }

    private void begin(Roster roster, long now, Outbox out) {
        estate.take(roster);
        if (!restored) {
            restored = true;
            restoreLinks(roster);
        }
        for (String source : forgotten) {
            Fields.read(
                    memory.get(FORGOTTEN + source),
                    in -> Outbox.Forgotten.read(source, in).tell(out, now));
            memory.delete(FORGOTTEN + source);
        }
        forgotten.clear();
    }

    /** Only now, because what a stored link means stands in the estate. */
    private void restoreLinks(Roster roster) {
        for (SourceWatch source : sources.values()) {
            source.facts(roster);
            PairWatch.restore(source, memory);
        }
        memory.scan(
                LinkWatch.STATE,
                (key, value) -> {
                    String[] parts = key.substring(LinkWatch.STATE.length()).split("\n");
                    SourceWatch source = sources.get(parts[0]);
                    DeclaredLink link = roster.link(parts[1]);
                    if (source != null && link != null) {
                        var watch = new LinkWatch(source, link, 0, memory, population);
                        watch.restore(value);
                        source.links.put(link.name(), watch);
                    }
                });
    }

    /**
     * A source's own time. A clock that cannot be right is replaced by the collector's; of a live
     * log only the future is doubted, since old ones are read, too.
     */
    private static long clock(RawRecord raw, DecodeReport report) {
        long received = raw.receivedAt();
        long clock = report.clock() == DecodeReport.NO_CLOCK ? received : report.clock();
        if (clock > received + AHEAD || isDatagram(raw.format()) && clock < received - DAY) {
            clock = received;
        }
        return Math.floorDiv(clock, SourceWatch.STEP) * SourceWatch.STEP;
    }

    private static boolean isDatagram(RawFormat format) {
        return format == RawFormat.NETFLOW || format == RawFormat.SFLOW;
    }

    private SourceWatch meet(RawRecord raw, Judged judged, long clock, Outbox out) {
        var source = new SourceWatch(raw.source());
        source.exporter = raw.exporter();
        source.format = raw.format();
        source.since = clock;
        source.clock = clock;
        source.floor = clock;
        source.heard = heard();
        source.estate = estate.number();
        source.accepted = isAnyAccepted(judged.flows());
        source.facts(judged.roster());
        source.changed();
        sources.put(source.id, source);
        current = source;
        out.source(source, "NEW", clock);
        report(source, raw, judged, 0, clock, false, out);
        return source;
    }

    private void hear(SourceWatch source, RawRecord raw, Judged judged, long clock, Outbox out) {
        if (!Objects.equals(source.exporter, raw.exporter())) {
            source.exporter = raw.exporter();
            source.changed();
        }
        source.facts(judged.roster());
        long now = time.now(raw.receivedAt());
        long passed = clock - source.clock;
        long jump = source.jump(now);
        boolean setBack = passed < -jump && isDatagram(source.format);
        if (passed > 0 || setBack) {
            source.clock = clock;
            source.changed();
        }
        if (setBack) {
            source.since = Math.min(source.since, clock);
            source.losses.clockSet(clock);
            source.links.values().forEach(LinkWatch::clockSet);
            source.pairs.values().forEach(PairWatch::clockSet);
        }
        long listened = Math.max(0, time.awake() - source.heard);
        // Its time has passed, that of the ticks has not: no collector was there to hear it.
        boolean unheard =
                isDatagram(source.format)
                        && time.wasDeafSince(source.heard)
                        && passed - listened
                                > limits.collectorGap().toMillis() + 2 * SourceWatch.STEP;
        if (source.silent) {
            source.silent = false;
            blind(source, out);
            out.source(source, "ALIVE", source.clock);
            out.lost(source, "CLEAR", source.clock, "it reports again");
            source.lostKey = null;
            source.changed();
        } else {
            if (source.intervals.observe(now, listened)) {
                source.habitsChanged();
            }
            // A log is complete however late it comes: its records are written with their times.
            if (setBack) {
                source.floor(source.clock);
            } else if (passed > jump && isDatagram(source.format)) {
                blind(source, out);
            }
        }
        long heard = heard();
        if (heard != source.heard) {
            source.heard = heard;
            source.changed();
        }
        if (!source.accepted && isAnyAccepted(judged.flows())) {
            source.accepted = true;
            source.changed();
            out.source(source, "ALIVE", source.clock);
        }
        report(source, raw, judged, passed, source.clock, unheard, out);
    }

    /** Until now nobody could have seen what it did not see. */
    private static void blind(SourceWatch source, Outbox out) {
        source.floor(source.clock);
        for (LinkWatch watch : source.links.values()) {
            if (watch.minutes != null) {
                watch.minutes.blind(source.clock, out);
            }
        }
    }

    /** Silence is counted from here; rounded up, it is written once a second at most. */
    private long heard() {
        return -Math.floorDiv(-time.awake(), SourceWatch.STEP) * SourceWatch.STEP;
    }

    /** What the record tells of itself: losses, what cannot be read, times that cannot be. */
    private void report(
            SourceWatch source,
            RawRecord raw,
            Judged judged,
            long passed,
            long clock,
            boolean unheard,
            Outbox out) {
        DecodeReport report = judged.report();
        FlowBatch flows = judged.flows();
        Losses.Effect losses =
                unheard
                        ? source.losses.pass(source, clock, out)
                        : source.losses.take(source, report, flows.size(), clock, passed, out);
        if (losses != Losses.Effect.NOTHING) {
            source.changed();
        }
        Doubts.Effect doubts =
                source.doubts.take(
                        source, report, flows, raw.receivedAt(), limits.doubt().toMillis(), out);
        if (doubts != Doubts.Effect.NOTHING) {
            source.changed();
        }
        // A member may be in what was lost, could not be read, or has a time that proves nothing.
        if (losses == Losses.Effect.BLINDING
                || doubts == Doubts.Effect.BLINDING
                || report.restarts() > 0) {
            source.floor(clock);
        }
    }

    /** An exporter that no site lists, where sites list theirs. */
    private void listed(SourceWatch source, long at, Outbox out) {
        Map<String, String> listed = estate.exporters();
        boolean unlisted =
                source.exporter != null
                        && !listed.isEmpty()
                        && !listed.containsKey(source.exporter);
        if (unlisted != source.unlisted) {
            source.unlisted = unlisted;
            source.changed();
            out.telemetry(
                    source,
                    "UNKNOWN_EXPORTER",
                    unlisted ? "OPEN" : "CLEAR",
                    at,
                    at,
                    null,
                    null,
                    unlisted ? "no site lists it" : "a site lists it");
        }
    }

    /** Brings what the source watches up to the estate in force. */
    private void declare(SourceWatch source, Outbox out) {
        if (source.estate == estate.number()) {
            return;
        }
        for (LinkWatch watch : List.copyOf(source.links.values())) {
            if (estate.roster().link(watch.link.name()) == null) {
                watch.forget();
                source.links.remove(watch.link.name());
            }
        }
        for (DeclaredLink link : estate.roster().links()) {
            if (estate.since(link) > source.estate) {
                LinkWatch watch = source.links.get(link.name());
                if (watch == null) {
                    watch = new LinkWatch(source, link, source.clock, memory, population);
                    source.links.put(link.name(), watch);
                    watch.changed();
                    watch.store();
                } else {
                    watch.redeclare(link, source.clock, out);
                }
            }
        }
        source.estate = estate.number();
        source.unseenDue = Long.MIN_VALUE;
        source.changed();
    }

    /** How long its records are, and how thinly it samples. */
    private static void habits(
            SourceWatch source, DecodeReport report, FlowBatch flows, Outbox out) {
        if (source.delays.state(report.timeout())) {
            source.habitsChanged();
        }
        long longest = 0;
        long sampling = 1;
        for (int row = 0; row < flows.size(); row++) {
            if (flows.has(row, FlowColumn.START)
                    && flows.has(row, FlowColumn.END)
                    && flows.get(row, FlowColumn.CLAMPED, 0) == 0) {
                longest =
                        Math.max(
                                longest,
                                flows.get(row, FlowColumn.END) - flows.get(row, FlowColumn.START));
            }
            sampling = Math.max(sampling, flows.get(row, FlowColumn.SAMPLING, 1));
        }
        if (flows.size() > 0) {
            if (source.delays.observe(source.clock, longest)) {
                source.habitsChanged();
            }
            if (sampling != source.sampling) {
                source.sampling = sampling;
                source.changed();
            }
            if (sampling > 1 && !source.sampled) {
                source.sampled = true;
                source.changed();
                out.source(source, "ALIVE", source.clock);
            }
        }
    }

    private LinkWatch watch(DeclaredLink link) {
        if (link != lastLink) {
            lastLink = link;
            lastWatch = current.links.get(link.name());
            if (lastWatch == null) {
                lastWatch = new LinkWatch(current, link, current.since, memory, population);
                lastWatch.changed();
                current.links.put(link.name(), lastWatch);
            }
            if (!lastWatch.touched) {
                lastWatch.touched = true;
                touched.add(lastWatch);
            }
        }
        return lastWatch;
    }

    /** What the clock has passed: deadlines, minutes, links never seen. */
    private void settle(SourceWatch source, Outbox out) {
        int left = AT_ONCE;
        // Nothing else is new while the clock stands: not every record asks for every link.
        boolean all = source.told() != source.settled || behind.contains(source);
        source.settled = source.told();
        for (LinkWatch watch : all ? source.links.values() : touched) {
            left -= watch.expire(left, out);
            if (watch.minutes != null) {
                watch.minutes.settle(out);
            }
            watch.store();
        }
        touched.forEach(watch -> watch.touched = false);
        touched.clear();
        behind.remove(source);
        if (left <= 0) {
            behind.add(source);
        }
        Unseen.settle(source, estate.roster(), memory, population, out);
    }

    private void lose(SourceWatch source, long at, Outbox out) {
        source.silent = true;
        source.lostKey = source.silenceKey();
        source.changed();
        source.store(memory);
        out.source(source, "SILENT", at);
        out.lost(source, "OPEN", at, "nothing for " + (time.awake() - source.heard) / 1000 + " s");
    }

    private static boolean isAnyAccepted(FlowBatch flows) {
        for (int row = 0; row < flows.size(); row++) {
            if (flows.get(row, FlowColumn.OUTCOME, 0) != Outcome.REJECTED.ordinal()) {
                return true;
            }
        }
        return false;
    }
}
