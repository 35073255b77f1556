package io.flowwarden.decode.sflow;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.raw.Bytes;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.Sflow;

/**
 * An sFlow v5 datagram. Every flow sample is a flow of one packet, {@code sampling} times; counter
 * samples are a sign of life and counted.
 */
public final class SflowDecoder {
    /** Enterprise 0; the format is the lower 12 bits of a sample's type. */
    private static final int FLOW = 1;

    private static final int COUNTERS = 2;
    private static final int EXPANDED_FLOW = 3;
    private static final int EXPANDED_COUNTERS = 4;

    /** sFlow discarded packet notification structures, section 3. */
    private static final int DISCARDED = 5;

    private static final int SAMPLE_HEADER = 8;

    private final int mostFlows;
    private final FlowSample sample = new FlowSample();

    /**
     * @param mostFlows of one datagram; what is behind them is set aside
     */
    public SflowDecoder(int mostFlows) {
        this.mostFlows = mostFlows;
    }

    /** See {@link io.flowwarden.decode.Decoder#decode}. */
    public void decode(RawRecord raw, FlowBatch batch, DecodeReport report) {
        byte[] b = raw.value();
        if (b == null || b.length == 0) {
            report.reject(Reason.EMPTY, "no bytes");
            return;
        }
        if (b.length < 4 || Bytes.i32(b, 0) != Sflow.VERSION) {
            report.reject(
                    b.length < 4 ? Reason.TRUNCATED : Reason.UNKNOWN_VERSION,
                    b.length < 4
                            ? "an sFlow header has 28 bytes or more, here are " + b.length
                            : "version " + Bytes.u32(b, 0) + ", only 5 is read");
            return;
        }
        int at = Sflow.samplesAt(b, 0, b.length);
        if (at < 0) {
            report.reject(Reason.TRUNCATED, "the header is cut, or of an unknown kind of address");
            return;
        }
        // sFlow states no time of day: the source's clock is that of whoever receives it.
        report.clock(raw.receivedAt());
        samples(b, at, raw.receivedAt(), batch, report);
    }

    private void samples(byte[] b, int from, long time, FlowBatch batch, DecodeReport report) {
        long stated = Bytes.u32(b, from - 4);
        int at = from;
        for (long i = 0; i < stated; i++) {
            if (b.length - at < SAMPLE_HEADER) {
                report.part(
                        Reason.BAD_COUNT, at, "count " + stated + ", " + i + " samples are here");
                return;
            }
            int type = Bytes.i32(b, at);
            long length = Bytes.u32(b, at + 4);
            int body = at + SAMPLE_HEADER;
            if (length > b.length - body) {
                report.part(
                        Reason.TRUNCATED,
                        at,
                        "sample of "
                                + length
                                + " bytes, "
                                + (b.length - body)
                                + " are left, at byte "
                                + at);
                sample(type, b, body, b.length, time, batch, report);
                return;
            }
            at = body + (int) length;
            sample(type, b, body, at, time, batch, report);
        }
        if (at < b.length) {
            report.part(
                    Reason.TRAILING_BYTES,
                    at,
                    (b.length - at) + " bytes behind sample " + stated + ", at byte " + at);
        }
    }

    private void sample(
            int type, byte[] b, int at, int end, long time, FlowBatch batch, DecodeReport report) {
        switch (type) {
            case FLOW, EXPANDED_FLOW, DISCARDED -> {
                if (batch.size() >= mostFlows) {
                    report.part(
                            Reason.RECORD_LIMIT, at, "more than " + mostFlows + " flow samples");
                } else if (!read(type, b, at, end, time, batch)) {
                    report.part(
                            Reason.TRUNCATED,
                            at,
                            "a flow sample ends within its header, at byte " + at);
                }
            }
            case COUNTERS, EXPANDED_COUNTERS -> report.counters();
            default -> report.reserved(end - at);
        }
    }

    private boolean read(int type, byte[] b, int at, int end, long time, FlowBatch batch) {
        return switch (type) {
            case FLOW -> sample.compact(b, at, end, time, batch);
            case EXPANDED_FLOW -> sample.expanded(b, at, end, time, batch);
            default -> sample.discarded(b, at, end, time, batch);
        };
    }
}
