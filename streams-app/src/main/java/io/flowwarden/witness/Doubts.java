package io.flowwarden.witness;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reasons not to believe a source that sends: no template for what it sends, or a clock that cannot
 * be right. In receive time, which is the collector's.
 */
final class Doubts {
    private static final long NEVER = Long.MIN_VALUE;

    /** Times of the latest doubt are rounded up to this, so that they are seldom written. */
    private static final long STEP = 60_000;

    private long unreadableSince = NEVER;
    private boolean unreadable;
    private long skewedSince = NEVER;
    private long skewedLast = NEVER;

    /** What a record changed. */
    enum Effect {
        NOTHING,
        CHANGED,
        /** Part of it says nothing of who was there. */
        BLINDING
    }

    /**
     * @param patience with what cannot be read, and with a clock that is right again, ms
     */
    Effect take(
            SourceWatch source,
            DecodeReport report,
            FlowBatch flows,
            long received,
            long patience,
            Outbox out) {
        boolean clamped = isAnyClamped(flows);
        boolean changed =
                templates(source, report, flows, received, patience, out)
                        | clock(source, flows, clamped, received, patience, out);
        if (clamped || report.skippedSets() > 0) {
            return Effect.BLINDING;
        }
        return changed ? Effect.CHANGED : Effect.NOTHING;
    }

    private boolean templates(
            SourceWatch source,
            DecodeReport report,
            FlowBatch flows,
            long received,
            long patience,
            Outbox out) {
        if (flows.size() > 0) {
            boolean before = unreadableSince != NEVER;
            if (unreadable) {
                out.telemetry(
                        source,
                        "TELEMETRY_UNREADABLE",
                        "CLEAR",
                        received,
                        unreadableSince,
                        null,
                        null,
                        "its records can be read");
            }
            unreadableSince = NEVER;
            unreadable = false;
            return before;
        }
        if (report.skippedSets() == 0) {
            return false;
        }
        if (unreadableSince == NEVER) {
            unreadableSince = received;
            return true;
        }
        if (!unreadable && received - unreadableSince >= patience) {
            unreadable = true;
            out.telemetry(
                    source,
                    "TELEMETRY_UNREADABLE",
                    "OPEN",
                    received,
                    unreadableSince,
                    null,
                    null,
                    "datagrams, but no template for their records for " + words(patience));
            return true;
        }
        return false;
    }

    private boolean clock(
            SourceWatch source,
            FlowBatch flows,
            boolean clamped,
            long received,
            long patience,
            Outbox out) {
        if (!clamped) {
            if (skewedSince != NEVER && flows.size() > 0 && received - skewedLast >= patience) {
                out.telemetry(
                        source,
                        "CLOCK_SKEW",
                        "CLEAR",
                        received,
                        skewedSince,
                        null,
                        null,
                        "its times were believable for " + words(patience));
                skewedSince = NEVER;
                return true;
            }
            return false;
        }
        if (skewedSince == NEVER) {
            skewedSince = received;
            out.telemetry(
                    source,
                    "CLOCK_SKEW",
                    "OPEN",
                    received,
                    received,
                    null,
                    null,
                    "event times more than a day before or 5 min after the receipt are taken as the"
                            + " time of receipt; its flows prove nothing meanwhile");
        }
        long last = (received + STEP - 1) / STEP * STEP;
        boolean changed = last > skewedLast;
        skewedLast = Math.max(last, skewedLast);
        return changed;
    }

    private static String words(long millis) {
        return millis % 60_000 == 0 ? millis / 60_000 + " min" : millis / 1_000 + " s";
    }

    private static boolean isAnyClamped(FlowBatch flows) {
        if (flows.mayHave(FlowColumn.CLAMPED)) {
            for (int row = 0; row < flows.size(); row++) {
                if (flows.get(row, FlowColumn.CLAMPED, 0) == 1) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Kinds that are told open. */
    List<String> open() {
        var open = new ArrayList<String>();
        if (unreadable) {
            open.add("TELEMETRY_UNREADABLE");
        }
        if (skewedSince != NEVER) {
            open.add("CLOCK_SKEW");
        }
        return open;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(unreadableSince);
        out.writeBoolean(unreadable);
        out.writeLong(skewedSince);
        out.writeLong(skewedLast);
    }

    void read(DataInputStream in) throws IOException {
        unreadableSince = in.readLong();
        unreadable = in.readBoolean();
        skewedSince = in.readLong();
        skewedLast = in.readLong();
    }
}
