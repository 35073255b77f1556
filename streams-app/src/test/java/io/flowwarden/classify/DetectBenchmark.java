package io.flowwarden.classify;

import io.flowwarden.blockage.Blockage;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.detect.Judged;
import io.flowwarden.detect.MapMemory;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.roster.Roster;
import io.flowwarden.unexpected.UnexpectedFlows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * What the detectors of blockage and of unexpected flows cost beside the verdict, by the same
 * flows: {@code judge} without them, the others with one or both.
 */
public class DetectBenchmark extends ClassifyBenchmark {
    private static final int BATCH = 24;

    private final Blockage blockage = new Blockage(new MapMemory());
    private final UnexpectedFlows unexpected = new UnexpectedFlows(new MapMemory());
    private final DecodeReport report = new DecodeReport();
    private final RawRecord raw =
            new RawRecord(
                    "netflow/10.0.255.1/0",
                    RawFormat.NETFLOW,
                    Scene.NOON,
                    null,
                    null,
                    null,
                    null,
                    false,
                    new byte[0]);

    private long found;

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long blockage() {
        blockage.judged(raw, judged(), this::found);
        return found;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long unexpected() {
        unexpected.judged(raw, judged(), this::found);
        return found;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long both() {
        Judged judged = judged();
        blockage.judged(raw, judged, this::found);
        unexpected.judged(raw, judged, this::found);
        return found;
    }

    /** Half as many as a task remembers conversations: most of real traffic comes again. */
    @Override
    int distinct() {
        return BATCH << 11;
    }

    private Judged judged() {
        return new Judged(batch, judge(), report, Roster.EMPTY);
    }

    private void found(String key, String source, long at, Object body) {
        found++;
    }
}
