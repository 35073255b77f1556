package io.flowwarden.judge;

import io.flowwarden.books.Books;
import io.flowwarden.books.Ledger;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.Reason;
import io.flowwarden.decode.avro.FlowReader;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Origin;
import io.flowwarden.raw.MalformedRawRecord;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Raw record in; out goes the batch of its flows, once, or the record itself to {@code rejected}.
 * It keeps the books of the whole task: what comes behind it has run when {@code forward} returns,
 * so one put covers the batch.
 */
final class DecodeProcessor implements Processor<byte[], byte[], Object, Object> {
    private static final int MAX_KEY = 1 << 10;

    /** Formats of exporters; the others are logs. */
    private static final Set<RawFormat> DATAGRAMS =
            Arrays.stream(RawFormat.values())
                    .filter(format -> Set.of("netflow", "sflow").contains(format.text()))
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(RawFormat.class)));

    private final Inputs inputs;
    private final FlowReader flows;
    private final Ledger ledger;
    private final SourceRegisters registers;
    private final ExporterList exporters;
    private final FlowBatch batch = new FlowBatch();

    private ProcessorContext<Object, Object> context;
    private JudgeStore store;
    private String task;
    private Books books;
    private DecodeBooks counted;
    private SourceRegister register;
    private Decoder decoder;
    private ChunkMemory chunks;

    DecodeProcessor(Inputs inputs, FlowReader flows, Ledger ledger, SourceRegisters registers) {
        this.inputs = inputs;
        this.flows = flows;
        this.ledger = ledger;
        this.registers = registers;
        exporters = new ExporterList(inputs.admission().exporters());
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        task = context.taskId().toString();
        store = new JudgeStore(context.getStateStore(JudgeStore.NAME));
        books = ledger.open(task, store.books());
        counted = new DecodeBooks(books);
        decoder = new Decoder(store, inputs.admission().decoding(), flows);
        register = registers.open(task, store, inputs.admission().sources());
        register.whenForgotten(decoder::forget);
        chunks = new ChunkMemory(store);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        counted.raw();
        take(record);
        store.books(books.encode());
        ledger.meter(books);
    }

    @Override
    public void close() {
        ledger.close(task, books);
        registers.close(task, register);
    }

    private void take(Record<byte[], byte[]> record) {
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        RawRecord raw;
        try {
            raw =
                    RawHeaders.read(
                            record.key(),
                            record.value(),
                            record.headers(),
                            inputs.format(origin.topic()),
                            record.timestamp());
        } catch (MalformedRawRecord malformed) {
            reject(record, origin, MalformedRawRecord.REASON, malformed.getMessage());
            return;
        }
        if (raw.format() == RawFormat.TICK) {
            tick(raw);
        } else if (record.key().length > MAX_KEY) {
            reject(
                    record,
                    origin,
                    MalformedRawRecord.REASON,
                    "the key has " + record.key().length + " bytes, at most " + MAX_KEY);
        } else if (misplaced(record.key(), origin)) {
            counted.misplaced();
            set(record, origin, "MISPLACED", "the key belongs to another partition");
        } else if (isDatagram(raw.format()) && !exporters.has(raw.exporter())) {
            reject(
                    record,
                    origin,
                    Reason.UNLISTED_EXPORTER.name(),
                    raw.exporter() + " is not in limits.exporters");
        } else {
            counted.forgotten(register.heard(raw.source()));
            if (raw.chunk() != null && chunks.repeats(raw.source(), raw.chunk())) {
                counted.repeat();
            } else {
                decode(record, origin, raw);
            }
        }
    }

    private static boolean isDatagram(RawFormat format) {
        return DATAGRAMS.contains(format);
    }

    private void decode(Record<byte[], byte[]> record, RecordMetadata origin, RawRecord raw) {
        DecodeReport report = decoder.decode(raw, batch);
        counted.sequence(report);
        if (report.rejected() != null) {
            reject(record, origin, report.rejected().name(), report.detail());
            return;
        }
        counted.decoded(report, batch.size());
        if (isDatagram(raw.format())) {
            counted.clamped(BadClocks.correct(batch));
        }
        setPartsAside(record, origin, report.parts());
        forward(raw, report);
    }

    /** The bytes go with the first complaint only; the others name the same raw record. */
    private void setPartsAside(
            Record<byte[], byte[]> record, RecordMetadata origin, List<DecodeReport.Part> parts) {
        Record<byte[], byte[]> bytes = record;
        for (DecodeReport.Part part : parts) {
            context.forward(
                    RejectedRecord.part(bytes, origin, part, context.currentSystemTimeMs()),
                    Nodes.REJECTED);
            bytes = record.withValue(null);
        }
    }

    private void tick(RawRecord raw) {
        counted.tick();
        batch.begin(Origin.NONE);
        forward(raw, null);
        store.tick(Math.max(raw.receivedAt(), store.tick()));
    }

    private void forward(RawRecord raw, DecodeReport report) {
        context.forward(
                new Record<Object, Object>(
                        raw, new Decoded(batch, report), context.currentSystemTimeMs()),
                Nodes.CLASSIFY);
    }

    /** A source whose records are not where its key belongs has its state elsewhere, too. */
    private boolean misplaced(byte[] key, RecordMetadata origin) {
        return Utils.toPositive(Utils.murmur2(key)) % inputs.partitions(origin.topic())
                != origin.partition();
    }

    private void reject(
            Record<byte[], byte[]> record, RecordMetadata origin, String reason, String detail) {
        counted.rejected(reason);
        set(record, origin, reason, detail);
    }

    private void set(
            Record<byte[], byte[]> record, RecordMetadata origin, String reason, String detail) {
        context.forward(
                RejectedRecord.of(record, origin, reason, detail, context.currentSystemTimeMs()),
                Nodes.REJECTED);
    }
}
