package io.flowwarden.judge;

import io.flowwarden.books.Ledger;
import io.flowwarden.decode.avro.FlowReader;
import io.flowwarden.detect.Detector;
import io.flowwarden.detect.Judged;
import io.flowwarden.detect.Memory;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.RecordEncoder;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The steps of the judge, each with the store it needs. */
public final class Judge {
    private final StoreBuilder<KeyValueStore<String, byte[]>> store = JudgeStore.builder();
    private final CurrentKnowledge knowledge;
    private final Ledger ledger;
    private final SourceRegisters registers = new SourceRegisters();

    public Judge(CurrentKnowledge knowledge, Ledger ledger) {
        this.knowledge = knowledge;
        this.ledger = ledger;
    }

    /**
     * Raw record to batch, or to {@code rejected}.
     *
     * @param flows reads what other collectors decoded
     */
    public ProcessorSupplier<byte[], byte[], Object, Object> decode(
            Inputs inputs, FlowReader flows) {
        return stored(() -> new DecodeProcessor(inputs, flows, ledger, registers));
    }

    /** Batch to batch with verdicts. */
    public ProcessorSupplier<RawRecord, Decoded, RawRecord, Judged> classify() {
        return stored(() -> new ClassifyProcessor(knowledge, ledger, registers));
    }

    /** Batch with verdicts to the flows wanted. */
    public ProcessorSupplier<RawRecord, Judged, byte[], byte[]> flows(
            FlowsWanted wanted, Supplier<RecordEncoder<JudgedFlow>> encoders) {
        return () -> new FlowsProcessor(wanted, ledger, encoders);
    }

    /**
     * Batch with verdicts to findings.
     *
     * @param name of the detector, begins its keys in the store
     * @param rank among the detectors: findings of one raw record are in this order
     */
    public ProcessorSupplier<RawRecord, Judged, byte[], byte[]> detect(
            String name,
            int rank,
            Function<Memory, Detector> detector,
            Supplier<RecordEncoder<Finding>> encoders) {
        return stored(() -> new DetectProcessor(name, rank, detector, registers, encoders));
    }

    /**
     * Ticks to every partition of findings, behind what the detectors found before them.
     *
     * @param rawPartitions how many write such ticks in all
     */
    public ProcessorSupplier<RawRecord, Judged, byte[], byte[]> tickClock(
            int rawPartitions, Supplier<RecordEncoder<Finding>> encoders) {
        return stored(() -> new TickClockProcessor(rawPartitions, encoders));
    }

    private <A, B, C, D> ProcessorSupplier<A, B, C, D> stored(
            Supplier<Processor<A, B, C, D>> make) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<A, B, C, D> get() {
                return make.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(store);
            }
        };
    }
}
