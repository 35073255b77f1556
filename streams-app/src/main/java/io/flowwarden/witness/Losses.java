package io.flowwarden.witness;

import io.flowwarden.decode.DecodeReport;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What a source's sequence says is missing, by minutes that begin with a loss; while nothing is
 * lost nothing is counted, so that it costs no write per datagram.
 */
final class Losses {
    private static final long MINUTE = 60_000;
    private static final long NEVER = Long.MIN_VALUE;

    /** So many in a minute are too many, whatever their part. */
    private static final long MANY = 5;

    /** One of so many is too many, too. */
    private static final long ONE_OF = 1000;

    /** One of so many can hide a member for the time of its deadline. */
    private static final long BLINDING_ONE_OF = 20;

    /** Blind for so long, a source may have missed anything. */
    private static final long BLINDING_TIME = 5_000;

    private static final long UPDATE_EVERY = 5 * MINUTE;
    private static final long CLEAN = 5 * MINUTE;

    private long minute = NEVER;
    private long lost;
    private long expected;

    /** Of the minute counted last; 0 before the first. */
    private long usual;

    private long openSince = NEVER;
    private long allLost;
    private long allExpected;
    private long toldAt;
    private long lastBad;

    /** What a record changed. */
    enum Effect {
        NOTHING,
        COUNTED,
        /** What was not seen since the record before may have been there. */
        BLINDING
    }

    /**
     * @param clock of the source, with this record
     * @param passed since the record before
     */
    Effect take(
            SourceWatch source,
            DecodeReport report,
            int flows,
            long clock,
            long passed,
            Outbox out) {
        boolean changed = settle(source, clock, out);
        long now = report.lostDatagrams() + report.lostRecords() + report.skipdata();
        long late = report.recoveredDatagrams() + report.recoveredRecords();
        if (minute == NEVER && now == 0) {
            return changed ? Effect.COUNTED : Effect.NOTHING;
        }
        if (minute == NEVER) {
            minute = clock;
            lost = 0;
            expected = 0;
        }
        long here = report.lostRecords() > 0 ? flows : report.rows() > 0 ? report.rows() : 1;
        lost = Math.max(0, lost + now - late);
        expected += here + now - late;
        boolean blinding =
                now > 0
                        && (usual == 0
                                || passed >= BLINDING_TIME
                                || lost * BLINDING_ONE_OF > usual);
        return blinding ? Effect.BLINDING : Effect.COUNTED;
    }

    /** Time passes; what was lost is none of the exporter's. */
    Effect pass(SourceWatch source, long clock, Outbox out) {
        settle(source, clock, out);
        return Effect.BLINDING;
    }

    /** Ends a minute that is over, and what has been good for long enough. */
    private boolean settle(SourceWatch source, long clock, Outbox out) {
        boolean changed = false;
        if (minute != NEVER && clock >= minute + MINUTE) {
            if (lost >= MANY || lost * ONE_OF > expected) {
                bad(source, clock, out);
            }
            usual = expected;
            minute = NEVER;
            changed = true;
        }
        if (openSince != NEVER && minute == NEVER && clock - lastBad >= CLEAN) {
            tell(source, "CLEAR", clock, out);
            openSince = NEVER;
            changed = true;
        }
        return changed;
    }

    private void bad(SourceWatch source, long clock, Outbox out) {
        boolean first = openSince == NEVER;
        if (first) {
            openSince = minute;
            allLost = 0;
            allExpected = 0;
        }
        allLost += lost;
        allExpected += expected;
        lastBad = clock;
        if (first || clock - toldAt >= UPDATE_EVERY) {
            toldAt = clock;
            tell(source, first ? "OPEN" : "UPDATE", clock, out);
        }
    }

    private void tell(SourceWatch source, String state, long clock, Outbox out) {
        String detail =
                state.equals("CLEAR")
                        ? "nothing was lost for 5 min"
                        : "at least " + allLost + " of " + allExpected + " lost";
        out.telemetry(
                source, "TELEMETRY_GAP", state, clock, openSince, allLost, allExpected, detail);
    }

    /** A clock that was set back counts its minutes anew. */
    void clockSet(long clock) {
        if (minute != NEVER) {
            minute = Math.min(minute, clock);
        }
        toldAt = Math.min(toldAt, clock);
        lastBad = Math.min(lastBad, clock);
    }

    boolean isOpen() {
        return openSince != NEVER;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(minute);
        out.writeLong(lost);
        out.writeLong(expected);
        out.writeLong(usual);
        out.writeLong(openSince);
        out.writeLong(allLost);
        out.writeLong(allExpected);
        out.writeLong(toldAt);
        out.writeLong(lastBad);
    }

    void read(DataInputStream in) throws IOException {
        minute = in.readLong();
        lost = in.readLong();
        expected = in.readLong();
        usual = in.readLong();
        openSince = in.readLong();
        allLost = in.readLong();
        allExpected = in.readLong();
        toldAt = in.readLong();
        lastBad = in.readLong();
    }
}
