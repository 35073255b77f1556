package io.flowwarden.detect;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.classify.Classifier;
import io.flowwarden.classify.ConversationMemory;
import io.flowwarden.classify.Knowledge;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.TcpFlags;
import io.flowwarden.flow.Transport;
import io.flowwarden.net.Address;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.EstateEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a detector finds in the course of an evening. A flow is written as {@code 10.1.10.11:50001 >
 * 10.2.20.5:31031/tcp SYN 3p 180b}; other words: {@code rejected accepted clamped sampling=N
 * if=NAME rp=N rb=N for=SECONDS icmp=TYPE/CODE}.
 */
public final class Timeline {
    public static final String NETFLOW = "netflow/10.1.255.1/0";

    /** What was found: a finding without its place in the order of all. */
    public record Found(String key, String source, Instant at, Object body) {}

    private static final Map<String, Integer> FLAGS =
            Map.of(
                    "FIN", TcpFlags.FIN,
                    "SYN", TcpFlags.SYN,
                    "RST", TcpFlags.RST,
                    "PSH", TcpFlags.PSH,
                    "ACK", TcpFlags.ACK,
                    "NONE", 0);

    private static final Knowledge[] LAST_KNOWLEDGE = new Knowledge[1];
    private static String lastEstate;

    private final Function<Memory, Detector> make;
    private final FlowBatch batch = new FlowBatch();
    private final Verdicts verdicts = new Verdicts();
    private final DecodeReport report = new DecodeReport();
    private final Decoder decoder = new Decoder(new MemoryTemplates());
    private final Classifier classifier;
    private final Knowledge knowledge;
    private final MapMemory memory = new MapMemory();
    private final List<Found> found = new ArrayList<>();
    private Roster roster;
    private Detector detector;
    private String source = NETFLOW;
    private long now;
    private boolean restarts;

    public Timeline(Function<Memory, Detector> make, String estate) {
        this.make = make;
        List<EstateEntry> entries = entries(estate);
        knowledge = knowledge(estate, entries);
        roster = Roster.compile(entries, "e1");
        classifier = new Classifier(knowledge, ConversationMemory.transientOnly());
        detector = make.apply(memory);
        at("22:00:00");
    }

    /** Compiling the catalog takes longer than a timeline. */
    private static synchronized Knowledge knowledge(String estate, List<EstateEntry> entries) {
        if (!estate.equals(lastEstate)) {
            LAST_KNOWLEDGE[0] = Knowledge.compile(Catalog.bundled().rules(), entries, "c1", "e1");
            lastEstate = estate;
        }
        return LAST_KNOWLEDGE[0];
    }

    private static List<EstateEntry> entries(String estate) {
        return EstateFile.parse(
                        "estate.yaml", estate.getBytes(StandardCharsets.UTF_8), Catalog.bundled())
                .entries();
    }

    /** Event time from now on: ends of flows, the source's clock and the receive time. */
    public Timeline at(String time) {
        now = Instant.parse("2026-11-20T" + time + "Z").toEpochMilli();
        return this;
    }

    public Timeline later(long seconds) {
        now += seconds * 1000;
        return this;
    }

    public Timeline from(String source) {
        this.source = source;
        return this;
    }

    /** Every record is followed by a restart. */
    public Timeline restartingAlways() {
        restarts = true;
        return this;
    }

    public Timeline restart() {
        detector = make.apply(memory);
        return this;
    }

    public Timeline estate(String changed) {
        roster = Roster.compile(entries(changed), "e2");
        return this;
    }

    public Timeline forget(String forgotten) {
        detector.forget(forgotten);
        return this;
    }

    /** A raw record of these flows; none is a sign of life. */
    public Timeline flows(String... flows) {
        begin();
        for (String flow : flows) {
            add(flow);
        }
        judge(raw(RawFormat.NETFLOW, new byte[0]));
        return this;
    }

    /** Rows of numbers, for many. */
    public Timeline rows(int count, RowFiller filler) {
        begin();
        for (int i = 0; i < count; i++) {
            filler.fill(batch, batch.add(0), now);
        }
        judge(raw(RawFormat.NETFLOW, new byte[0]));
        return this;
    }

    /** Fills a row. */
    public interface RowFiller {
        void fill(FlowBatch batch, int row, long now);
    }

    /** Bytes as they come from the network or a bucket. */
    public Timeline raw(RawFormat format, String fields, byte[] value) {
        RawRecord record =
                new RawRecord(source, format, now, null, null, fields, null, false, value);
        DecodeReport decoded = decoder.decode(record, batch);
        classifier.judge(batch, verdicts);
        detector.judged(record, new Judged(batch, verdicts, decoded, roster), this::find);
        afterwards();
        return this;
    }

    public List<Found> found() {
        return found;
    }

    public MapMemory memory() {
        return memory;
    }

    public Detector detector() {
        return detector;
    }

    private void begin() {
        batch.begin(new Origin(source, null, now, null));
    }

    private RawRecord raw(RawFormat format, byte[] value) {
        return new RawRecord(source, format, now, null, null, null, null, false, value);
    }

    private void judge(RawRecord raw) {
        classifier.judge(batch, verdicts);
        report.begin();
        report.clock(now);
        detector.judged(raw, new Judged(batch, verdicts, report, roster), this::find);
        afterwards();
    }

    private void find(String key, String of, long at, Object body) {
        found.add(new Found(key, of, Instant.ofEpochMilli(at), body));
    }

    private void afterwards() {
        if (restarts) {
            restart();
        }
    }

    private void add(String flow) {
        int row = batch.add(0);
        String[] words = flow.split(" ");
        String[] to = words[2].split("/");
        address(row, words[0], FlowColumn.SRC_HI, FlowColumn.SRC_PORT);
        address(row, to[0], FlowColumn.DST_HI, FlowColumn.DST_PORT);
        batch.set(
                row,
                FlowColumn.PROTOCOL,
                switch (to[1]) {
                    case "tcp" -> Transport.TCP;
                    case "udp" -> Transport.UDP;
                    default -> Transport.ICMP;
                });
        batch.set(row, FlowColumn.START, now);
        batch.set(row, FlowColumn.END, now);
        for (int w = 3; w < words.length; w++) {
            word(row, words[w]);
        }
    }

    private void word(int row, String word) {
        int equals = word.indexOf('=');
        String value = word.substring(equals + 1);
        if (equals > 0) {
            option(row, word.substring(0, equals), value);
        } else if (word.equals("rejected")) {
            batch.set(row, FlowColumn.OUTCOME, Outcome.REJECTED.ordinal());
        } else if (word.equals("accepted")) {
            batch.set(row, FlowColumn.OUTCOME, Outcome.ACCEPTED.ordinal());
        } else if (word.equals("clamped")) {
            batch.set(row, FlowColumn.CLAMPED, 1);
        } else if (FLAGS.containsKey(word)) {
            long flags = batch.get(row, FlowColumn.TCP_FLAGS, 0);
            batch.set(row, FlowColumn.TCP_FLAGS, flags | FLAGS.get(word));
        } else {
            boolean packets = word.endsWith("p");
            batch.set(
                    row,
                    packets ? FlowColumn.PACKETS : FlowColumn.BYTES,
                    Long.parseLong(word.substring(0, word.length() - 1)));
        }
    }

    private void option(int row, String name, String value) {
        switch (name) {
            case "sampling" -> batch.set(row, FlowColumn.SAMPLING, Long.parseLong(value));
            case "if" -> batch.text(row, FlowColumn.INTERFACE_ID, value);
            case "rp" -> batch.set(row, FlowColumn.REVERSE_PACKETS, Long.parseLong(value));
            case "rb" -> batch.set(row, FlowColumn.REVERSE_BYTES, Long.parseLong(value));
            case "for" -> batch.set(row, FlowColumn.START, now - Long.parseLong(value) * 1000);
            case "icmp" -> {
                String[] typeAndCode = value.split("/");
                batch.set(row, FlowColumn.ICMP_TYPE, Long.parseLong(typeAndCode[0]));
                batch.set(row, FlowColumn.ICMP_CODE, Long.parseLong(typeAndCode[1]));
            }
            default -> throw new IllegalArgumentException(name);
        }
    }

    private void address(int row, String text, int column, int port) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && text.indexOf(':') == colon;
        long[] address = Address.parse(hasPort ? text.substring(0, colon) : text);
        batch.setAddress(row, column, address[0], address[1]);
        if (hasPort) {
            batch.set(row, port, Long.parseLong(text.substring(colon + 1)));
        }
    }
}
