package io.flowwarden.judge;

import io.flowwarden.books.Ledger;
import io.flowwarden.classify.Classifier;
import io.flowwarden.classify.ConversationMemory;
import io.flowwarden.classify.Knowledge;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.detect.Judged;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.raw.RawRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Batch in, batch with verdicts out: judged as a whole by one state of catalog and estate. */
final class ClassifyProcessor implements Processor<RawRecord, Decoded, RawRecord, Judged> {
    private final CurrentKnowledge current;
    private final Ledger ledger;
    private final SourceRegisters registers;
    private final Verdicts verdicts = new Verdicts();

    private ProcessorContext<RawRecord, Judged> context;
    private VerdictBooks counted;
    private ConfiguredSampling sampling;
    private ConversationMemory memory;
    private Classifier classifier;

    ClassifyProcessor(CurrentKnowledge current, Ledger ledger, SourceRegisters registers) {
        this.current = current;
        this.ledger = ledger;
        this.registers = registers;
    }

    @Override
    public void init(ProcessorContext<RawRecord, Judged> context) {
        this.context = context;
        String task = context.taskId().toString();
        counted = new VerdictBooks(ledger.of(task));
        memory = new ConversationMemory(new JudgeStore(context.getStateStore(JudgeStore.NAME)));
        sampling = new ConfiguredSampling();
        registers.of(task).whenForgotten(memory::forget);
        registers.of(task).whenForgotten(sampling::forget);
        classifier = null;
    }

    @Override
    public void process(Record<RawRecord, Decoded> record) {
        FlowBatch flows = record.value().flows();
        CurrentKnowledge.State state = current.get();
        sampling.apply(flows, state.roster());
        classifier(state.knowledge()).judge(flows, verdicts);
        if (flows.size() > 0) {
            counted.judged(flows, verdicts);
        }
        context.forward(
                record.withValue(
                        new Judged(flows, verdicts, record.value().report(), state.roster())));
    }

    private Classifier classifier(Knowledge knowledge) {
        if (classifier == null) {
            classifier = new Classifier(knowledge, memory);
        } else {
            classifier.knowledge(knowledge);
        }
        return classifier;
    }
}
