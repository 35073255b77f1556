package io.flowwarden.decode.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Flows;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.lang.management.ManagementFactory;

/**
 * A decoder, and what must hold whatever is put into it: no exception, an answer that adds up, and
 * no more heap than the input warrants.
 */
public final class Oracle {
    /**
     * Heap that any raw record may cost, bytes: complaints, the first growth of a batch, and the
     * templates of its source, read back and compiled once.
     */
    static final long FIXED = 2 << 20;

    /** Heap for each byte of it: a flow of one byte is a row of some columns of eight. */
    static final long PER_BYTE = 64;

    /** What Jazzer makes of a comparison of texts costs heap, too. */
    private static final long HOOKS = System.getenv("JAZZER_FUZZ") == null ? 1 : 100;

    /** CPU time of any raw record: some thousand times what a usual one of its size takes. */
    static final long NANOS = 1_000_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SHOWN = 16;

    /** Also thrown where a first use loads classes. */
    static final class TooDear extends AssertionError {
        private static final long serialVersionUID = 1;

        TooDear(String what) {
            super(what);
        }
    }

    public final FlowBatch batch = new FlowBatch();
    public final MemoryTemplates templates = new MemoryTemplates();
    private final Decoder decoder = new Decoder(templates);
    private long mostAllocated;

    /** Decodes, and fails where anything does not hold. */
    public DecodeReport decode(RawRecord raw) {
        long begun = THREADS.getCurrentThreadCpuTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        DecodeReport report = decoder.decode(raw, batch);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long nanos = THREADS.getCurrentThreadCpuTime() - begun;
        mostAllocated = Math.max(mostAllocated, allocated);
        if (allocated > HOOKS * (FIXED + PER_BYTE * raw.value().length)) {
            throw new TooDear(raw.value().length + " bytes cost " + allocated + " of heap");
        }
        if (nanos > NANOS) {
            throw new TooDear(raw.value().length + " bytes took " + nanos / 1_000_000 + " ms");
        }
        check(raw, report);
        return report;
    }

    /** What a restart does to the heap. */
    void forget() {
        decoder.forget();
    }

    /** The dearest raw record so far, bytes of heap. */
    public long mostAllocated() {
        return mostAllocated;
    }

    private void check(RawRecord raw, DecodeReport report) {
        assertNotEquals(Reason.DECODER_FAULT, report.rejected(), report::detail);
        if (report.rejected() != null) {
            assertEquals(0, batch.size());
            assertEquals(0, report.rejectedParts());
            assertNotNull(report.detail());
        }
        int byReason = 0;
        for (Reason reason : Reason.values()) {
            byReason += report.rejectedParts(reason);
        }
        assertEquals(report.rejectedParts(), byReason);
        assertTrue(report.parts().size() <= 100);
        report.parts().forEach(part -> assertNotNull(part.detail()));
        if (raw.format() == RawFormat.AWS && report.rejected() == null) {
            assertEquals(
                    report.rows(),
                    batch.size() + report.nodata() + report.skipdata() + report.rejectedRows());
        }
        boolean log = report.rows() > 0;
        int most = log ? raw.value().length : DecodeLimits.DEFAULTS.flowsPerDatagram();
        assertTrue(batch.size() <= most, () -> batch.size() + " flows");
        for (int row = 0; row < Math.min(batch.size(), SHOWN); row++) {
            assertNotNull(Flows.of(batch, row));
        }
    }
}
