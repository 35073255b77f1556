package io.flowwarden.judge;

import io.flowwarden.books.Account;
import io.flowwarden.books.Books;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;

/** What decoding counts. */
final class DecodeBooks {
    private static final Reason[] REASONS = Reason.values();

    private final Books books;
    private final Account raw;
    private final Account decoded;
    private final Account ticks;
    private final Account repeats;
    private final Account misplaced;
    private final Account sourcesForgotten;
    private final Account templatesRedefined;
    private final Account flows;
    private final Account clamped;
    private final Account skippedBytes;
    private final Account rejectedParts;
    private final Account rows;
    private final Account nodata;
    private final Account skipdata;
    private final Account rejectedRows;
    private final Account repeatedRows;
    private final Account noTemplate;
    private final Account reserved;
    private final Account options;
    private final Account counters;
    private final Account lostDatagrams;
    private final Account lostRecords;
    private final Account recoveredDatagrams;
    private final Account recoveredRecords;
    private final Account reordered;
    private final Account exporterRestarts;

    DecodeBooks(Books books) {
        this.books = books;
        raw = books.account("raw");
        decoded = books.account("decoded");
        ticks = books.account("ticks");
        repeats = books.account("repeats");
        misplaced = books.account("misplaced");
        sourcesForgotten = books.account("sources_forgotten");
        templatesRedefined = books.account("templates_redefined");
        flows = books.account("flows");
        clamped = books.account("clamped");
        skippedBytes = books.account("skipped_bytes");
        rejectedParts = books.account("rejected_parts");
        rows = books.account("rows");
        nodata = books.account("nodata");
        skipdata = books.account("skipdata");
        rejectedRows = books.account("rejected_rows");
        repeatedRows = books.account("repeated_rows");
        noTemplate = books.account("skipped", "reason", Reason.NO_TEMPLATE.name());
        reserved = books.account("skipped", "reason", Reason.RESERVED_SET.name());
        options = books.account("skipped", "reason", "OPTIONS_DATA");
        counters = books.account("skipped", "reason", "COUNTERS");
        lostDatagrams = books.account("lost", "unit", "datagrams");
        lostRecords = books.account("lost", "unit", "records");
        recoveredDatagrams = books.account("recovered", "unit", "datagrams");
        recoveredRecords = books.account("recovered", "unit", "records");
        reordered = books.account("reordered");
        exporterRestarts = books.account("exporter_restarts");
    }

    void raw() {
        raw.increment();
    }

    void tick() {
        ticks.increment();
    }

    void repeat() {
        repeats.increment();
    }

    void misplaced() {
        misplaced.increment();
    }

    void forgotten(int sources) {
        if (sources != 0) {
            sourcesForgotten.add(sources);
        }
    }

    void rejected(String reason) {
        books.account("rejected", "reason", reason).increment();
    }

    /** Flows whose exporter's clock was beyond belief. */
    void clamped(int flows) {
        clamped.add(flows);
    }

    /**
     * What the exporter's sequence says is missing; net of {@code recovered}, which only came late.
     */
    void sequence(DecodeReport report) {
        if (report.lostDatagrams() + report.lostRecords() != 0) {
            lostDatagrams.add(report.lostDatagrams());
            lostRecords.add(report.lostRecords());
        }
        if (report.reordered() + report.restarts() != 0) {
            recoveredDatagrams.add(report.recoveredDatagrams());
            recoveredRecords.add(report.recoveredRecords());
            reordered.add(report.reordered());
            exporterRestarts.add(report.restarts());
        }
    }

    /** A record that was decoded, whatever of it was set aside. */
    void decoded(DecodeReport report, int rowsOfBatch) {
        decoded.increment();
        flows.add(rowsOfBatch);
        if (report.rejectedParts() != 0) {
            rejectedParts.add(report.rejectedParts());
            byReason(report);
        }
        if (report.templatesRedefined() != 0) {
            templatesRedefined.add(report.templatesRedefined());
        }
        if (report.skippedSets() != 0 || report.reservedSets() != 0) {
            noTemplate.add(report.skippedSets());
            reserved.add(report.reservedSets());
            skippedBytes.add(report.skippedBytes() + report.reservedBytes());
        }
        if (report.counterSamples() != 0) {
            counters.add(report.counterSamples());
        }
        if (report.optionsRecords() != 0) {
            options.add(report.optionsRecords());
        }
        if (report.rows() != 0) {
            rows.add(report.rows());
            nodata.add(report.nodata());
            skipdata.add(report.skipdata());
            rejectedRows.add(report.rejectedRows());
            repeatedRows.add(report.repeatedRows());
        }
    }

    private void byReason(DecodeReport report) {
        for (Reason reason : REASONS) {
            int parts = report.rejectedParts(reason);
            if (parts != 0) {
                books.account("set_aside", "reason", reason.name()).add(parts);
            }
        }
    }
}
