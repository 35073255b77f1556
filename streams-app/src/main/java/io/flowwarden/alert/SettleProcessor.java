package io.flowwarden.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.alert.Changes.Change;
import io.flowwarden.books.Books;
import io.flowwarden.books.Ledger;
import io.flowwarden.judge.EndOfFlows;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Action;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.RecordEncoder;
import io.flowwarden.schemas.TickClock;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Findings and actions in, alerts out. */
final class SettleProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(SettleProcessor.class);
    private static final String BOOKS = "books";

    /** Below what a broker takes by default; one it refuses would stop the task for good. */
    private static final int MAX_BYTES = 900_000;

    /**
     * Findings settled in one step, so that a transaction stays short however much has become
     * complete at once; the next tick of any raw partition goes on.
     */
    private static final int AT_ONCE = 5_000;

    private final Settle settle;
    private final Supplier<Roster> roster;
    private final Ledger ledger;

    private ProcessorContext<byte[], byte[]> context;
    private SettleStore memory;
    private String task;
    private Books books;
    private OrderBuffer buffer;
    private Settlement settlement;
    private Deserializer<Finding> findings;
    private Deserializer<Action> actions;
    private RecordEncoder<Alert> encoder;
    private boolean ended;

    SettleProcessor(Settle settle, Supplier<Roster> roster, Ledger ledger) {
        this.settle = settle;
        this.roster = roster;
        this.ledger = ledger;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        memory = new SettleStore(context.getStateStore(SettleStore.NAME));
        task = "settle " + context.taskId();
        books = ledger.open(task, memory.get(BOOKS));
        findings = settle.serdes().values(Finding.class).deserializer();
        actions = settle.serdes().values(Action.class).deserializer();
        encoder = settle.serdes().encoder(settle.alerts(), Alert.class);
        Deserializer<Alert> alerts = settle.serdes().values(Alert.class).deserializer();
        var codec =
                new AlertCodec() {
                    @Override
                    public byte[] encode(Alert alert) {
                        return encoder.encode(alert);
                    }

                    @Override
                    public Alert decode(byte[] bytes) {
                        return alerts.deserialize(settle.alerts(), bytes);
                    }
                };
        int partition = context.taskId().partition();
        buffer = new OrderBuffer(memory);
        settlement =
                new Settlement(
                        memory,
                        codec,
                        settle.settings(),
                        key ->
                                Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8)))
                                                % settle.partitions()
                                        == partition,
                        this::write);
        ended = false;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        boolean action =
                context.recordMetadata().orElseThrow().topic().equals(settle.actionsTopic());
        try {
            if (action) {
                settlement.act(actions.deserialize(settle.actionsTopic(), record.value()));
                books.account("actions").increment();
                post();
            } else {
                take(findings.deserialize(settle.findings(), record.value()), record.value());
            }
        } catch (SerializationException unreadable) {
            // Somebody else wrote it: it says nothing to us, and would say nothing the next time.
            LOG.warn("a record of {} is unreadable: {}", context.recordMetadata(), unreadable);
            books.account("findings_unreadable").increment();
            post();
        }
    }

    private void post() {
        memory.put(BOOKS, books.encode());
        ledger.meter(books);
    }

    private void take(Finding finding, byte[] value) {
        if (finding.getBody() instanceof TickClock clock) {
            buffer.clock(
                    finding.getRawPartition(),
                    finding.getAt(),
                    clock.getFinal$(),
                    clock.getRawPartitions());
            settleUpTo();
            post();
        } else {
            // It is in no book before it is settled.
            buffer.add(finding, value);
        }
    }

    private void settleUpTo() {
        long complete = buffer.complete();
        if (complete == Long.MIN_VALUE) {
            return;
        }
        settlement.roster(roster.get(), complete == Long.MAX_VALUE ? 0 : complete);
        boolean last = buffer.isFinal();
        boolean all =
                buffer.drain(
                        last ? Integer.MAX_VALUE : AT_ONCE,
                        value -> {
                            Incidents.Effect effect =
                                    settlement.take(findings.deserialize(settle.findings(), value));
                            if (effect != null) {
                                books.account("findings").increment();
                                books.account(
                                                "findings_settled",
                                                "effect",
                                                effect.name().toLowerCase(Locale.ROOT))
                                        .increment();
                            }
                        });
        if (!last) {
            if (all) {
                settlement.passTo(complete - 1);
            }
        } else if (!ended) {
            ended = true;
            settlement.finish();
            books.account("pending").add(settlement.pending());
            context.forward(
                    EndOfFlows.marker(context.taskId().partition(), context.currentSystemTimeMs()));
        }
    }

    private void write(String id, Alert alert, Change change) {
        byte[] value = alert == null ? null : encoder.encode(alert);
        if (value != null && value.length > MAX_BYTES) {
            books.account("alerts_oversize").increment();
            return;
        }
        if (alert != null) {
            books.account(
                            "alerts_" + change.name().toLowerCase(Locale.ROOT),
                            "kind",
                            alert.getKind())
                    .increment();
        }
        context.forward(new Record<>(id.getBytes(UTF_8), value, context.currentSystemTimeMs()));
    }

    @Override
    public void close() {
        ledger.close(task, books);
    }
}
