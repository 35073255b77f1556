package io.flowwarden.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flowwarden.books.AccountName;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.input.Damage;
import io.flowwarden.input.ReadTally;
import io.flowwarden.schemas.Alert;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run over inputs came to. Counts only; the same for {@code decode} and {@code analyze}. */
final class Summary {
    private final Map<String, Long> verdicts;
    private final Map<String, Long> categories = new TreeMap<>();
    private final Map<String, Long> skipped = new TreeMap<>();
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final ReadTally tally;
    private final List<Damage> damages = new ArrayList<>();
    private final Map<String, Reject> rejects = new TreeMap<>();
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private long pending;
    private long decoded;
    private long flows;
    private long rejected;
    private long rejectedParts;
    private long nodata;

    private static final class Reject {
        private final String first;
        private long count;

        Reject(String first) {
            this.first = first;
        }
    }

    private Summary(ReadTally tally, Map<String, Long> verdicts) {
        this.tally = tally;
        this.verdicts = verdicts;
    }

    static Summary decoded(ReadTally tally) {
        return new Summary(tally, null);
    }

    static Summary judged(ReadTally tally) {
        return new Summary(tally, new TreeMap<>());
    }

    /** Takes over what the reader skipped and found damaged, once everything is decoded. */
    void readingDone() {
        tally.skipped().forEach((reason, count) -> skipped(reason.name(), count));
        damages.addAll(tally.damages());
        rejects.forEach(
                (file, reject) -> {
                    if (reject.count == tally.rawRecords(file)
                            && damages.stream().noneMatch(damage -> damage.file().equals(file))) {
                        damages.add(
                                new Damage(
                                        file,
                                        "whole file",
                                        "nothing in it could be decoded: " + reject.first));
                    }
                });
    }

    /** Notes that nothing of a raw record could be used. */
    void rejectedWhole(String file, String reason, String detail) {
        rejects.computeIfAbsent(file, f -> new Reject(reason + ": " + detail)).count++;
    }

    List<Damage> damages() {
        return damages;
    }

    /** Adds what a decoder said about one raw record. */
    void count(DecodeReport report) {
        decoded += report.rejected() == null ? 1 : 0;
        // Of a log the rows count, of datagrams the whole.
        rejected += report.rows() > 0 ? report.rejectedRows() : report.rejected() == null ? 0 : 1;
        rejectedParts +=
                report.rejectedParts() - (report.rejected() == null ? report.rejectedRows() : 0);
        nodata += report.nodata();
        skipped("SKIPDATA", report.skipdata());
        skipped("NO_TEMPLATE", report.skippedSets());
        skipped("RESERVED_SET", report.reservedSets());
        skipped("OPTIONS_DATA", report.optionsRecords());
        skipped("COUNTERS", report.counterSamples());
    }

    /** Adds what the books of a topology say; what was rejected whole is added one by one. */
    void count(Map<AccountName, Long> books) {
        books.forEach(
                (account, sum) -> {
                    switch (account.counted()) {
                        case "decoded" -> decoded += sum;
                        case "judged" -> flows += sum;
                        case "pending" -> pending += sum;
                        case "rejected_rows" -> {
                            rejected += sum;
                            rejectedParts -= sum;
                        }
                        case "rejected_parts" -> rejectedParts += sum;
                        case "nodata" -> nodata += sum;
                        case "skipdata" -> skipped("SKIPDATA", sum);
                        case "skipped" -> skipped(account.value(), sum);
                        case "verdicts" -> add(verdicts, account.value(), sum);
                        case "outcomes" -> add(outcomes, account.value(), sum);
                        default -> {
                            // The other accounts are for meters.
                        }
                    }
                });
    }

    /** An alert as it is now; the last word on each counts. */
    void alert(Alert alert) {
        alerts.put(alert.getId(), alert);
    }

    /** Alerts of the run as they ended, in the order in which they opened. */
    List<Alert> alerts() {
        return List.copyOf(alerts.values());
    }

    /** Incidents opened in the run, by the kind that they ended as. */
    Map<String, Long> alertKinds() {
        var kinds = new TreeMap<String, Long>();
        alerts.values().forEach(alert -> add(kinds, alert.getKind(), 1));
        return kinds;
    }

    private long openCritical() {
        return alerts.values().stream()
                .filter(a -> a.getState().equals("OPEN") && a.getSeverity().equals("critical"))
                .count();
    }

    void flows(long count) {
        flows += count;
    }

    void rejected(long count) {
        rejected += count;
    }

    void skipped(String reason, long count) {
        add(skipped, reason, count);
    }

    void outcome(String outcome, long count) {
        add(outcomes, outcome, count);
    }

    void category(String category, long count) {
        add(categories, category, count);
    }

    long flows() {
        return flows;
    }

    long rejected() {
        return rejected;
    }

    Map<String, Long> verdicts() {
        return verdicts;
    }

    Map<String, Long> categories() {
        return categories;
    }

    Map<String, Long> outcomes() {
        return outcomes;
    }

    Map<String, Long> skipped() {
        return skipped;
    }

    long nodata() {
        return nodata;
    }

    ReadTally tally() {
        return tally;
    }

    /**
     * 2 where nothing could be read, or with {@code strict} something could not; 1 where critical
     * alerts are open; else 0.
     */
    int exit(boolean strict) {
        boolean nothing = decoded == 0 && tally.idle() == 0;
        if (nothing || strict && !damages.isEmpty()) {
            return Exit.USAGE;
        }
        return openCritical() > 0 ? Exit.CRITICAL : Exit.OK;
    }

    void write(JsonGenerator json, double seconds) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "summary");
        json.writeNumberField("inputs", tally.files());
        json.writeNumberField("raw_records", tally.rawRecords());
        json.writeNumberField("flows", flows);
        json.writeNumberField("rejected", rejected);
        if (verdicts != null) {
            counts(json, "verdicts", verdicts);
            counts(json, "categories", categories);
        }
        counts(json, "alerts", alertKinds());
        json.writeNumberField("pending", pending);
        json.writeNumberField("seconds", Math.round(seconds * 1000) / 1000.0);
        json.writeNumberField("inputs_damaged", damages.size());
        counts(json, "skipped", skipped);
        json.writeNumberField("nodata", nodata);
        counts(json, "outcomes", outcomes);
        json.writeNumberField("open_critical", openCritical());
        json.writeNumberField("rejected_parts", rejectedParts);
        json.writeArrayFieldStart("damaged");
        for (Damage damage : damages) {
            json.writeStartObject();
            json.writeStringField("input", damage.file());
            json.writeStringField("place", damage.place());
            json.writeStringField("reason", damage.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unknown_files");
        for (String file : tally.unknownFiles()) {
            json.writeString(file);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, String key, Map<String, Long> counts)
            throws IOException {
        json.writeObjectFieldStart(key);
        for (var count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    private static void add(Map<String, Long> counts, String key, long count) {
        if (count > 0) {
            counts.merge(key, count, Long::sum);
        }
    }
}
