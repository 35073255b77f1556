package io.flowwarden.judge;

import io.flowwarden.detect.FindingKeys;
import io.flowwarden.detect.Judged;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.RecordEncoder;
import io.flowwarden.schemas.TickClock;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Last of those who write findings: tells every settle task up to which tick it has all of this raw
 * partition.
 */
final class TickClockProcessor implements Processor<RawRecord, Judged, byte[], byte[]> {
    /** Several collectors tick; one of their ticks in this time is enough. */
    private static final long EVERY = 200;

    private static final int LAST = 127;

    private final int rawPartitions;
    private final Supplier<RecordEncoder<Finding>> encoders;

    private ProcessorContext<byte[], byte[]> context;
    private FindingWriter writer;
    private long told;

    TickClockProcessor(int rawPartitions, Supplier<RecordEncoder<Finding>> encoders) {
        this.rawPartitions = rawPartitions;
        this.encoders = encoders;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        var store = new JudgeStore(context.getStateStore(JudgeStore.NAME));
        writer = new FindingWriter(context, encoders.get(), store, LAST);
        told = Long.MIN_VALUE;
    }

    @Override
    public void process(Record<RawRecord, Judged> record) {
        RawRecord raw = record.key();
        if (raw.format() != RawFormat.TICK) {
            return;
        }
        writer.begin(raw);
        boolean soon = told != Long.MIN_VALUE && raw.receivedAt() < told + EVERY;
        if (soon && !raw.last()) {
            return;
        }
        told = Math.max(told, raw.receivedAt());
        writer.write(
                FindingKeys.EVERYWHERE,
                raw.source(),
                raw.receivedAt(),
                new TickClock(rawPartitions, raw.last()),
                record.value().roster().revision(),
                record.value().verdicts().knowledge().catalogRevision(),
                context.currentSystemTimeMs());
    }
}
