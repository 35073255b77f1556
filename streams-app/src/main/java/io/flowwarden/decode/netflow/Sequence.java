package io.flowwarden.decode.netflow;

import io.flowwarden.decode.DecodeReport;
import java.nio.ByteBuffer;

/**
 * The sequence numbers of one source in one version, and what is missing of them. What a number
 * counts differs: v5 flows, v9 datagrams (RFC 3954 section 5.1), IPFIX data records, those of
 * options included and templates not (RFC 7011 section 3.1). Exporters mix that up, so the unit is
 * learned: three datagrams in a row that fit the other unit exactly, and not their own, change it,
 * and what seemed missing meanwhile is forgotten.
 *
 * <p>A number ahead of the expected one leaves a hole, counted as lost at once; a datagram that
 * comes late fills it, and that is taken back. Numbers wrap at 2^32. An exporter restart, seen by
 * its uptime, by a jump too far to be anything else, or by three datagrams that follow each other
 * in the past and fill nothing, starts afresh: nobody knows what was lost then.
 */
final class Sequence {
    /** The records of a datagram could not be counted: a template of it is missing. */
    static final int UNKNOWN = -1;

    /** Bytes of {@link #write}, at most. */
    static final int MOST_BYTES = 3 + 5 * 4 + 8 * Sequence.MOST_HOLES;

    private static final int MOST_HOLES = 8;
    private static final int ENOUGH = 3;

    /** Numbers behind the newest that may still be late ones. */
    private static final int LATE_DATAGRAMS = 1 << 10;

    private static final int LATE_RECORDS = 1 << 15;

    /** More than any outage loses; an exporter that starts at a random number is likely to jump. */
    private static final int FAR = 1 << 30;

    /** Uptimes of one exporter's line cards may differ, datagrams be late: neither by as much. */
    private static final int RESTARTED_MILLIS = 60_000;

    private boolean begun;
    private boolean byRecords;
    private int last;
    private int lastRecords;
    private int uptime;

    private int doubts;
    private int doubtful;

    private int lateRun;
    private int lateNext;

    private int holes;
    private final int[] holeAt = new int[MOST_HOLES];
    private final int[] holeLength = new int[MOST_HOLES];

    /**
     * @param byRecords what the version's document says: true for flows or records, false for
     *     datagrams
     */
    Sequence(boolean byRecords) {
        this.byRecords = byRecords;
    }

    /**
     * Takes a datagram.
     *
     * @param number of its header
     * @param records in it that v5 or IPFIX would count, or {@link #UNKNOWN}
     * @param hasUptime false for IPFIX
     * @param now uptime of the exporter in ms
     */
    void take(int number, int records, boolean hasUptime, int now, DecodeReport report) {
        if (!begun) {
            begun = true;
            accept(number, records, now);
            return;
        }
        int expected = byRecords ? lastRecords : 1;
        int otherwise = byRecords ? 1 : lastRecords;
        int moved = number - last;
        boolean unsure = expected == UNKNOWN;
        int ahead = moved - (unsure ? 0 : expected);
        if (ahead == 0) {
            if (expected != otherwise && !unsure) {
                settleDoubts(report);
            }
            accept(number, records, now);
        } else if (hasUptime && uptime - now > RESTARTED_MILLIS || ahead >= FAR) {
            restart(number, records, now, report);
        } else if (!unsure && moved == otherwise) {
            doubt(Math.max(0, ahead));
            accept(number, records, now);
        } else if (ahead > 0) {
            if (!unsure) {
                lose(last + expected, ahead, report);
            }
            accept(number, records, now);
        } else if (ahead >= -(byRecords ? LATE_RECORDS : LATE_DATAGRAMS)) {
            late(number, records, hasUptime, now, report);
        } else {
            restart(number, records, now, report);
        }
    }

    private void accept(int number, int records, int now) {
        last = number;
        lastRecords = records;
        uptime = now;
        lateRun = 0;
    }

    private void doubt(int missing) {
        doubtful += missing;
        if (++doubts == ENOUGH) {
            byRecords = !byRecords;
            doubts = 0;
            doubtful = 0;
            holes = 0;
        }
    }

    private void settleDoubts(DecodeReport report) {
        if (doubts > 0) {
            report.lost(doubtful, byRecords);
            doubts = 0;
            doubtful = 0;
        }
    }

    private void lose(int from, int count, DecodeReport report) {
        report.lost(count, byRecords);
        if (holes == MOST_HOLES) {
            remove(0);
        }
        holeAt[holes] = from;
        holeLength[holes++] = count;
    }

    private void late(int number, int records, boolean hasUptime, int now, DecodeReport report) {
        int span = !byRecords ? 1 : Math.max(0, records);
        int filled = fill(number, span);
        report.late(filled, byRecords);
        if (filled > 0 || span == 0) {
            return;
        }
        lateRun = lateRun > 0 && number == lateNext ? lateRun + 1 : 1;
        lateNext = number + span;
        if (lateRun >= ENOUGH && (!hasUptime || now - uptime < 0)) {
            restart(number, records, now, report);
        }
    }

    private void restart(int number, int records, int now, DecodeReport report) {
        report.restarted();
        holes = 0;
        doubts = 0;
        doubtful = 0;
        accept(number, records, now);
    }

    /** Takes a span out of the holes; returns how much of it was in one. */
    private int fill(int number, int span) {
        for (int h = 0; h < holes; h++) {
            int from = Math.max(0, number - holeAt[h]);
            int to = Math.min(holeLength[h], number - holeAt[h] + span);
            if (from < to) {
                int behindAt = holeAt[h] + to;
                int behind = holeLength[h] - to;
                holeLength[h] = from;
                if (from == 0) {
                    remove(h);
                }
                if (behind > 0) {
                    if (holes == MOST_HOLES) {
                        remove(0);
                    }
                    holeAt[holes] = behindAt;
                    holeLength[holes++] = behind;
                }
                return to - from;
            }
        }
        return 0;
    }

    private void remove(int hole) {
        holes--;
        System.arraycopy(holeAt, hole + 1, holeAt, hole, holes - hole);
        System.arraycopy(holeLength, hole + 1, holeLength, hole, holes - hole);
    }

    /** Whether anything has been taken. */
    boolean begun() {
        return begun;
    }

    void write(ByteBuffer to) {
        to.put((byte) (byRecords ? 1 : 0)).put((byte) (doubts << 4 | lateRun)).put((byte) holes);
        to.putInt(last).putInt(lastRecords).putInt(uptime).putInt(doubtful).putInt(lateNext);
        for (int h = 0; h < holes; h++) {
            to.putInt(holeAt[h]).putInt(holeLength[h]);
        }
    }

    /** Takes over what {@link #write} wrote; throws what a buffer or an array throws else. */
    void read(ByteBuffer from) {
        byRecords = from.get() == 1;
        int runs = from.get();
        doubts = runs >>> 4 & 3;
        lateRun = runs & 3;
        int count = from.get();
        last = from.getInt();
        lastRecords = from.getInt();
        uptime = from.getInt();
        doubtful = from.getInt();
        lateNext = from.getInt();
        for (int h = 0; h < count; h++) {
            holeAt[h] = from.getInt();
            holeLength[h] = from.getInt();
        }
        holes = count;
        begun = true;
    }
}
