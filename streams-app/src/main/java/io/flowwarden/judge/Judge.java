package io.flowwarden.judge;

import io.flowwarden.books.Ledger;
import io.flowwarden.decode.avro.FlowReader;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.RecordEncoder;
import java.util.Set;
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
    public ProcessorSupplier<RawRecord, FlowBatch, RawRecord, JudgedBatch> classify() {
        return stored(() -> new ClassifyProcessor(knowledge, ledger, registers));
    }

    /** Batch with verdicts to the flows wanted. */
    public ProcessorSupplier<RawRecord, JudgedBatch, byte[], byte[]> flows(
            FlowsWanted wanted, Supplier<RecordEncoder<JudgedFlow>> encoders) {
        return () -> new FlowsProcessor(wanted, ledger, encoders);
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
