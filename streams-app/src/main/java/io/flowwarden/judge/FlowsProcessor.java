package io.flowwarden.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.books.Account;
import io.flowwarden.books.Ledger;
import io.flowwarden.classify.JudgedFlows;
import io.flowwarden.detect.Judged;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.RecordEncoder;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Batch with verdicts in, the wanted flows out, one record each; behind the last of them the end.
 */
final class FlowsProcessor implements Processor<RawRecord, Judged, byte[], byte[]> {
    /** Below what a broker takes by default; one it refuses would stop the task for good. */
    private static final int MAX_BYTES = 900_000;

    private final FlowsWanted wanted;
    private final Ledger ledger;
    private final Supplier<RecordEncoder<JudgedFlow>> encoders;

    private ProcessorContext<byte[], byte[]> context;
    private RecordEncoder<JudgedFlow> encoder;
    private Account written;
    private Account oversize;

    FlowsProcessor(
            FlowsWanted wanted, Ledger ledger, Supplier<RecordEncoder<JudgedFlow>> encoders) {
        this.wanted = wanted;
        this.ledger = ledger;
        this.encoders = encoders;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        encoder = encoders.get();
        var books = ledger.of(context.taskId().toString());
        written = books.account("flows_written");
        oversize = books.account("flows_oversize");
    }

    @Override
    public void process(Record<RawRecord, Judged> record) {
        Judged batch = record.value();
        if (wanted != FlowsWanted.NONE) {
            for (int row = 0; row < batch.flows().size(); row++) {
                if (wanted == FlowsWanted.ALL
                        || JudgedFlows.notable(batch.flows(), row, batch.verdicts())) {
                    write(JudgedFlows.of(batch.flows(), row, batch.verdicts()), record.timestamp());
                }
            }
        }
        if (record.key().last()) {
            context.forward(
                    EndOfFlows.marker(
                            context.recordMetadata().orElseThrow().partition(),
                            record.timestamp()));
        }
    }

    private void write(JudgedFlow judged, long producedAt) {
        byte[] value = encoder.encode(judged);
        if (value.length > MAX_BYTES) {
            oversize.increment();
            return;
        }
        context.forward(new Record<>(JudgedFlows.key(judged).getBytes(UTF_8), value, producedAt));
        written.increment();
    }
}
