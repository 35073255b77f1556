package io.flowwarden.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.classify.Classifier;
import io.flowwarden.classify.ConversationMemory;
import io.flowwarden.classify.Knowledge;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.detect.Judged;
import io.flowwarden.detect.MapMemory;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.Transport;
import io.flowwarden.net.Address;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.EstateEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What exporters send in the course of a day, written down in few words, and what the witness finds
 * in it, a line each. Times are those of 2026-11-21 in UTC, {@code 1d 00:05} the day after.
 */
final class Timeline {
    static final long MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z").toEpochMilli();
    static final String COLLECTOR = "udp-1";

    private final List<Event> events = new ArrayList<>();
    private final Map<String, Judge> judges = new HashMap<>();
    private final TreeMap<Long, String> forgotten = new TreeMap<>();
    private final String estate;
    private WitnessLimits limits = WitnessLimits.DEFAULTS;
    MapMemory memory = new MapMemory();

    /** Others need the place of a source: nothing of it is kept from then on. */
    Timeline forget(String at, String source) {
        forgotten.put(time(at), source);
        return this;
    }

    /** Tells when to stop the witness and go on with another one on the same memory. */
    interface Restart {
        boolean before(int event);
    }

    private static final class Judge {
        final Roster roster;
        final Knowledge knowledge;

        Judge(String yaml) {
            List<EstateEntry> entries =
                    EstateFile.parse("estate.yaml", yaml.getBytes(UTF_8), Catalog.bundled())
                            .entries();
            String revision = Integer.toHexString(yaml.hashCode());
            roster = Roster.compile(entries, revision);
            knowledge = Knowledge.compile(Catalog.bundled().rules(), entries, "c", revision);
        }
    }

    Timeline(String estate) {
        this.estate = estate;
    }

    Timeline limits(WitnessLimits other) {
        limits = other;
        return this;
    }

    static long time(String text) {
        int day = text.indexOf("d ");
        long days = day < 0 ? 0 : Long.parseLong(text.substring(0, day));
        String[] parts = text.substring(day < 0 ? 0 : day + 2).split(":");
        long seconds = parts.length > 2 ? Long.parseLong(parts[2]) : 0;
        return MIDNIGHT
                + (((days * 24 + Long.parseLong(parts[0])) * 60 + Long.parseLong(parts[1])) * 60
                                + seconds)
                        * 1000;
    }

    static String text(long time) {
        if (time < MIDNIGHT) {
            return "before";
        }
        Duration since = Duration.ofMillis(time - MIDNIGHT);
        String day = since.toDays() == 0 ? "" : since.toDays() + "d ";
        return day
                + "%02d:%02d:%02d"
                        .formatted(
                                since.toHoursPart(), since.toMinutesPart(), since.toSecondsPart());
    }

    /** Ticks of the collector, one a second. */
    Timeline ticks(String from, String to) {
        return ticks(COLLECTOR, from, to);
    }

    Timeline ticks(String collector, String from, String to) {
        for (long at = time(from); at <= time(to); at += 1000) {
            var raw =
                    new RawRecord(
                            collector,
                            RawFormat.TICK,
                            at,
                            null,
                            null,
                            null,
                            null,
                            false,
                            new byte[0]);
            events.add(new Event(raw, null, null));
        }
        return this;
    }

    /** Another estate is in force from then on. */
    Timeline estate(String at, String yaml) {
        var raw =
                new RawRecord(
                        COLLECTOR,
                        RawFormat.TICK,
                        time(at),
                        null,
                        null,
                        null,
                        null,
                        false,
                        new byte[0]);
        events.add(new Event(raw, null, yaml));
        return this;
    }

    Sender exporter(String address) {
        return new Sender("netflow/" + address + "/0", address, RawFormat.NETFLOW);
    }

    Sender log(String source, RawFormat format) {
        return new Sender(source, null, format);
    }

    /** Who sends. */
    final class Sender {
        private final String source;
        private final String exporter;
        private final RawFormat format;
        private long skew;

        private Sender(String source, String exporter, RawFormat format) {
            this.source = source;
            this.exporter = exporter;
            this.format = format;
        }

        /** Its clock is wrong by so much, ms. */
        Sender skew(long ms) {
            skew = ms;
            return this;
        }

        /** One record, whatever is in it. */
        Sender sends(String at, BiConsumer<FlowBatch, DecodeReport> what) {
            add(time(at), what);
            return this;
        }

        Sender sends(long at, BiConsumer<FlowBatch, DecodeReport> what) {
            add(at, what);
            return this;
        }

        /** The same again and again, the end not included. */
        Sender every(String period, String from, String to, Talk... talks) {
            long step = Duration.parse("PT" + period).toMillis();
            for (long at = time(from); at < time(to); at += step) {
                long now = at + skew;
                add(at, (flows, report) -> Arrays.stream(talks).forEach(t -> t.add(flows, now)));
            }
            return this;
        }

        /** Signs of life without a flow. */
        Sender lives(String from, String to) {
            return every("5S", from, to);
        }

        Timeline and() {
            return Timeline.this;
        }

        private void add(long at, BiConsumer<FlowBatch, DecodeReport> what) {
            long clock = at + skew;
            var raw =
                    new RawRecord(
                            source, format, at, exporter, null, null, null, false, new byte[0]);
            events.add(
                    new Event(
                            raw,
                            (flows, report) -> {
                                report.clock(clock);
                                what.accept(flows, report);
                            },
                            null));
        }
    }

    /** A flow that ended just now. */
    static Talk talk(String text) {
        return new Talk(text);
    }

    /** One conversation, {@code client > server:port/transport}. */
    static final class Talk {
        private final long[] client;
        private final long[] server;
        private final int port;
        private final boolean tcp;
        private long bytes = 2000;
        private long packets = 2;
        private long lasted = 100;
        private long flags = 27;
        private long sampling;
        private boolean reply;
        private boolean guess;
        private boolean clamped;
        private Outcome outcome = Outcome.UNKNOWN;

        private Talk(String text) {
            String[] parts = text.split(" > |:|/");
            client = Address.parse(parts[0]);
            server = Address.parse(parts[1]);
            port = Integer.parseInt(parts[2]);
            tcp = parts[3].equals("tcp");
        }

        Talk bytes(long count, long inPackets) {
            bytes = count;
            packets = inPackets;
            return this;
        }

        Talk lasted(long ms) {
            lasted = ms;
            return this;
        }

        Talk flags(long bits) {
            flags = bits;
            return this;
        }

        Talk sampled(long oneOf) {
            sampling = oneOf;
            return this;
        }

        Talk reply() {
            reply = true;
            return this;
        }

        /** Nothing says who opened it. */
        Talk unclear() {
            guess = true;
            return this;
        }

        Talk clamped() {
            clamped = true;
            return this;
        }

        Talk outcome(Outcome one) {
            outcome = one;
            return this;
        }

        void add(FlowBatch flows, long end) {
            int row = flows.add(0);
            long[] src = reply ? server : client;
            long[] dst = reply ? client : server;
            flows.setAddress(row, FlowColumn.SRC_HI, src[0], src[1]);
            flows.setAddress(row, FlowColumn.DST_HI, dst[0], dst[1]);
            int other = guess ? port : 50_000;
            flows.set(row, FlowColumn.SRC_PORT, reply ? port : other);
            flows.set(row, FlowColumn.DST_PORT, reply ? other : port);
            flows.set(row, FlowColumn.PROTOCOL, tcp ? Transport.TCP : Transport.UDP);
            flows.set(row, FlowColumn.START, end - lasted);
            flows.set(row, FlowColumn.END, end);
            flows.set(row, FlowColumn.BYTES, bytes);
            flows.set(row, FlowColumn.PACKETS, packets);
            flows.set(row, FlowColumn.OUTCOME, outcome.ordinal());
            if (tcp) {
                flows.set(row, FlowColumn.TCP_FLAGS, flags);
            }
            if (sampling > 0) {
                flows.set(row, FlowColumn.SAMPLING, sampling);
            }
            if (clamped) {
                flows.set(row, FlowColumn.CLAMPED, 1);
            }
            if (!guess) {
                flows.set(
                        row,
                        FlowColumn.INITIATOR,
                        reply ? FlowColumn.INITIATOR_DST : FlowColumn.INITIATOR_SRC);
            }
        }
    }

    /** All findings of such kinds, in order; the kind is the word that a line begins with. */
    List<String> found(String... kinds) {
        List<String> wanted = List.of(kinds);
        return run(event -> false).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .filter(line -> wanted.contains(line.substring(0, line.indexOf(' '))))
                .toList();
    }

    /** The same, with the time of arrival and source. */
    List<String> run(Restart restart) {
        memory = new MapMemory();
        events.sort(
                Comparator.comparingLong(Event::at)
                        // A tick is behind what came at its time.
                        .thenComparing(event -> event.fill() == null));
        var lines = new ArrayList<String>();
        var left = new TreeMap<>(forgotten);
        var flows = new FlowBatch();
        var report = new DecodeReport();
        var verdicts = new Verdicts();
        Judge judge = judge(estate);
        var conversations = ConversationMemory.transientOnly();
        var witness = new Witness(memory, limits);
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            if (restart.before(i)) {
                witness = new Witness(memory, limits);
            }
            for (var due = left.firstEntry();
                    due != null && due.getKey() <= event.at();
                    due = left.firstEntry()) {
                witness.forget(left.pollFirstEntry().getValue());
            }
            if (event.estate() != null) {
                judge = judge(event.estate());
            }
            RawRecord raw = event.raw();
            flows.begin(new Origin(raw.source(), raw.exporter(), raw.receivedAt(), null));
            report.begin();
            if (event.fill() != null) {
                event.fill().accept(flows, report);
            }
            new Classifier(judge.knowledge, conversations).judge(flows, verdicts);
            boolean tick = event.fill() == null;
            var judged = new Judged(flows, verdicts, tick ? null : report, judge.roster);
            Lines out = new Lines(lines, raw.receivedAt());
            if (tick) {
                witness.tick(raw, judged, out);
            } else {
                witness.judged(raw, judged, out);
            }
        }
        return lines;
    }

    int size() {
        return events.size();
    }

    private Judge judge(String yaml) {
        return judges.computeIfAbsent(yaml, Judge::new);
    }
}
