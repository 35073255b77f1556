package io.flowwarden.judge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.bench.Workload;
import io.flowwarden.books.AccountName;
import io.flowwarden.books.Ledger;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An aborted transaction takes the store back to the last commit and calls {@code init()} on the
 * same instance: what its heap learned since must be gone.
 */
class RevivedTaskTest {
    private static final byte[] LOG =
            ("2 123456789012 eni-0a1b2c3d 10.1.0.1 10.2.0.2 50000 31031 6 10 1000 1780000000"
                            + " 1780000060 ACCEPT OK\n")
                    .getBytes(UTF_8);

    private final Ledger ledger = new Ledger(new SimpleMeterRegistry());
    private final DecodeProcessor processor =
            new DecodeProcessor(
                    new Inputs(List.of(new Inputs.Input("raw", null, 1))),
                    null,
                    ledger,
                    new SourceRegisters());
    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final Workload workload = new Workload(5, 20, 1);
    private KeyValueStore<String, byte[]> store;
    private Map<String, byte[]> committed;

    @BeforeEach
    void start() {
        store =
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(JudgeStore.NAME),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withLoggingDisabled()
                        .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setRecordMetadata("raw", 0, 0);
        context.setCurrentSystemTimeMs(0);
        processor.init(context);
    }

    @Test
    void booksGoBackToTheCommit() {
        process(workload.next());
        commit();
        process(workload.next());
        assertEquals(2, sum("raw"));
        abort();
        assertEquals(1, sum("raw"));
        assertEquals(Workload.FLOWS, sum("flows"));
    }

    @Test
    void aTemplateThatWasNeverCommittedIsNotKnown() {
        commit();
        process(workload.next());
        abort();
        process(workload.next());
        assertEquals(0, sum("flows"));
        assertEquals(1, ledger.sum(new AccountName("skipped", "reason", "NO_TEMPLATE")));
    }

    @Test
    void aChunkThatWasNeverCommittedIsNoRepeat() {
        commit();
        process(log("c"));
        abort();
        process(log("c"));
        assertEquals(0, sum("repeats"));
        assertEquals(1, sum("flows"));
    }

    @Test
    void aSequenceGoesOnWhereItWasCommitted() {
        process(workload.next());
        commit();
        RawRecord second = workload.next();
        process(second);
        abort();
        process(second);
        commit();
        workload.next();
        abort();
        assertEquals(0, sum("reordered"));
        assertEquals(0, lost());
        process(workload.next());
        assertEquals(1, lost());
    }

    private long lost() {
        return ledger.sum(new AccountName("lost", "unit", "datagrams"));
    }

    private void commit() {
        committed = new HashMap<>();
        try (var all = store.all()) {
            all.forEachRemaining(entry -> committed.put(entry.key, entry.value));
        }
    }

    private void abort() {
        try (var all = store.all()) {
            all.forEachRemaining(entry -> store.delete(entry.key));
        }
        committed.forEach(store::put);
        processor.close();
        processor.init(context);
    }

    private void process(RawRecord raw) {
        processor.process(
                new Record<>(
                        raw.source().getBytes(UTF_8),
                        raw.value(),
                        0,
                        new RecordHeaders(RawHeaders.write(raw))));
    }

    private long sum(String counted) {
        return ledger.sum(AccountName.of(counted));
    }

    private static RawRecord log(String chunk) {
        return new RawRecord("aws/fl-1", RawFormat.AWS, 1, null, chunk, null, null, false, LOG);
    }
}
