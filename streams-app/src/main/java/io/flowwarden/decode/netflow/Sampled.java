package io.flowwarden.decode.netflow;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.raw.Bytes;

/**
 * Gives flows their sampling rate: what the record itself states, else what options data state for
 * its sampler, its interface or its domain. Nothing stated is nothing, not 1.
 */
final class Sampled {
    private static final long SAMPLING = FlowColumn.bit(FlowColumn.SAMPLING);

    private Sampled() {}

    /**
     * Systematic sampling (RFC 5477 section 8.2): so many packets are taken, then so many left out.
     * IANA names samplingPacketInterval as successor of samplingInterval, so without a space it is
     * the rate.
     *
     * @param space left out, or -1 where that is not stated
     */
    static long systematic(long taken, long space) {
        return space < 0 || taken == 0 ? taken : (taken + space) / taken;
    }

    /**
     * @param own whether the rows have a rate in their column, or 0
     * @param samplerAt where the first record has its sampler's id, or -1
     * @param samplerLength bytes of it
     */
    static void fill(
            Message m,
            boolean own,
            int samplerAt,
            int samplerLength,
            int stride,
            int first,
            int end) {
        ExporterOptions options = m.templates.options();
        boolean stated = !options.noRates();
        if (!own && !stated) {
            return;
        }
        FlowBatch batch = m.batch;
        long[] to = batch.column(FlowColumn.SAMPLING);
        boolean differ = stated && options.ratesDiffer();
        long ofDomain = stated ? options.rateOf(m.domain, -1, -1) : 0;
        int p = samplerAt;
        for (int r = first; r < end; r++, p += stride) {
            long rate = own ? to[r] : 0;
            if (rate <= 0) {
                long sampler =
                        differ && samplerAt >= 0 ? Bytes.uint(m.bytes, p, samplerLength) : -1;
                rate = differ ? options.rateOf(m.domain, sampler, interfaceOf(batch, r)) : ofDomain;
            }
            to[r] = rate;
            long present = batch.present(r);
            batch.present(r, rate > 0 ? present | SAMPLING : present & ~SAMPLING);
        }
    }

    /** Where the flow was seen: its egress where it says so, else its ingress. */
    private static long interfaceOf(FlowBatch batch, int row) {
        int column =
                batch.get(row, FlowColumn.DIRECTION, 0) == 1
                        ? FlowColumn.OUTPUT_IF
                        : FlowColumn.INPUT_IF;
        return batch.get(row, column, -1);
    }
}
