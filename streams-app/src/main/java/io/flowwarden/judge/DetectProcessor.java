package io.flowwarden.judge;

import io.flowwarden.detect.Detector;
import io.flowwarden.detect.Findings;
import io.flowwarden.detect.Judged;
import io.flowwarden.detect.Memory;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.RecordEncoder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Runs a detector in a task: everything judged goes in, its findings come out in order. */
final class DetectProcessor implements Processor<RawRecord, Judged, byte[], byte[]>, Findings {
    private final String name;
    private final int rank;
    private final Function<Memory, Detector> make;
    private final SourceRegisters registers;
    private final Supplier<RecordEncoder<Finding>> encoders;

    private ProcessorContext<byte[], byte[]> context;
    private FindingWriter writer;
    private Detector detector;
    private Judged judged;

    /**
     * @param name begins its keys in the store
     * @param rank among the detectors of a raw record
     */
    DetectProcessor(
            String name,
            int rank,
            Function<Memory, Detector> make,
            SourceRegisters registers,
            Supplier<RecordEncoder<Finding>> encoders) {
        this.name = name;
        this.rank = rank;
        this.make = make;
        this.registers = registers;
        this.encoders = encoders;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        var store = new JudgeStore(context.getStateStore(JudgeStore.NAME));
        writer = new FindingWriter(context, encoders.get(), store, rank);
        detector = make.apply(store.memory(name));
        registers.of(context.taskId().toString()).whenForgotten(detector::forget);
    }

    @Override
    public void process(Record<RawRecord, Judged> record) {
        RawRecord raw = record.key();
        judged = record.value();
        writer.begin(raw);
        if (raw.format() == RawFormat.TICK) {
            detector.tick(raw, judged, this);
        } else {
            detector.judged(raw, judged, this);
        }
    }

    @Override
    public void find(String key, String source, long at, Object body) {
        writer.write(
                key,
                source,
                at,
                body,
                judged.roster().revision(),
                judged.verdicts().knowledge().catalogRevision(),
                context.currentSystemTimeMs());
    }
}
