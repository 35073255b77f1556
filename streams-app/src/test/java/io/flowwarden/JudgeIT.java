package io.flowwarden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.bench.Workload;
import io.flowwarden.books.AccountName;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.catalog.Revision;
import io.flowwarden.embedded.EmbeddedCluster;
import io.flowwarden.embedded.TemporaryFolder;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.live.RawWriter;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the judge promises across stops, faults and changes of what it judges by. */
class JudgeIT {
    @TempDir Path data;

    private final Workload workload = new Workload(3, 200, 6);
    private EmbeddedCluster cluster;
    private RawWriter raw;
    private FlowApp app;

    @BeforeEach
    void start() throws IOException {
        cluster = EmbeddedCluster.start(data, 3);
        raw = cluster.rawWriter();
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
        raw.close();
        cluster.close();
    }

    @Test
    void templatesAndBooksOutliveARestartWithItsFolderAndWithout() throws Exception {
        publish();
        startApp();
        send(12);
        awaitSum("decoded", 12);
        app.close();

        // The templates came with the first datagram of each source; these have none.
        startApp();
        send(12);
        awaitSum("decoded", 24);
        app.close();

        TemporaryFolder.delete(state());
        startApp();
        send(12);
        List<JudgedFlow> flows = finish();

        assertEquals(36 * Workload.FLOWS, flows.size());
        assertEquals(36 * Workload.FLOWS, sum("judged"));
        assertEquals(0, app.ledger().sum(new AccountName("skipped", "reason", "NO_TEMPLATE")));
    }

    @Test
    void nothingIsConsumedBeforeThereIsACatalog() throws Exception {
        send(6);
        startApp();
        assertTrue(app.isLive());
        assertFalse(app.isReady());
        assertEquals(Map.of(), app.ledger().sums(), "no task has begun");

        publish();
        assertEquals(6 * Workload.FLOWS, finish().size());
        assertTrue(app.isReady());
    }

    @Test
    void aHalfAppliedEstateIsNotJudgedBy() throws Exception {
        publish();
        String before = Revision.of(workload.estate()).hash();
        startApp();
        send(6);
        awaitSum("decoded", 6);

        // Entries without their revision record, as of a publisher that died half-way.
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>copyOf(cluster.client()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    cluster.topics().estate().name(),
                                    "site/site-0".getBytes(UTF_8),
                                    null))
                    .get();
        }
        app.close();
        var larger = new Workload(3, 400, 1).estate();
        startApp();
        // Re-read from the first offset, the topic is not what its last revision says: the estate
        // is left out rather than used in part.
        send(6);
        awaitSum("decoded", 12);

        cluster.publishEstate(larger);
        String after = Revision.of(larger).hash();
        var revisions = new HashSet<String>();
        List<JudgedFlow> flows = new ArrayList<>();
        Await.until(
                "a flow judged by " + after,
                () -> {
                    sendUnchecked(6);
                    flows.clear();
                    flows.addAll(readAll());
                    return flows.stream().anyMatch(f -> after.equals(f.getEstateRevision()));
                },
                () -> revisions);
        flows.forEach(flow -> revisions.add(String.valueOf(flow.getEstateRevision())));
        revisions.removeAll(List.of(before, after, "null"));
        assertEquals(List.of(), List.copyOf(revisions));
    }

    @Test
    void whatAnUncleanStopLeftOfTheGlobalStoresIsReadAnew() throws Exception {
        publish();
        startApp();
        send(3);
        awaitSum("decoded", 3);
        app.close();
        // As torn as a crash can leave them.
        Path global = state().resolve("flowwarden/global");
        assertTrue(Files.isDirectory(global));
        try (var files = Files.walk(global)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        startApp();
        send(3);
        List<JudgedFlow> flows = finish();
        assertEquals(6 * Workload.FLOWS, flows.size());
        String revision = Revision.of(workload.estate()).hash();
        assertTrue(flows.stream().allMatch(f -> revision.equals(f.getEstateRevision())));
    }

    @Test
    void abortedTransactionsBendNeitherFlowsNorBooks() throws Exception {
        publish();
        startApp();
        int datagrams = 0;
        try (var admin = Admin.create(Map.<String, Object>copyOf(cluster.client()))) {
            for (int round = 0; round < 3; round++) {
                send(60);
                datagrams += 60;
                long wanted = datagrams - 30;
                Await.until("half of them", () -> sum("decoded") >= wanted, this::books);
                var ids =
                        admin.listTransactions().all().get().stream()
                                .map(TransactionListing::transactionalId)
                                .filter(id -> id.startsWith("flowwarden-"))
                                .toList();
                assertFalse(ids.isEmpty());
                // The open transaction is aborted; the tasks start again on what was committed.
                admin.fenceProducers(ids).all().get();
            }
        }
        List<JudgedFlow> flows = finish();
        assertEquals(datagrams * Workload.FLOWS, flows.size());
        assertEquals(datagrams, sum("decoded"));
        assertEquals(datagrams * Workload.FLOWS, sum("judged"));
        assertEquals(datagrams * Workload.FLOWS, sum("flows_written"));
        assertEquals(datagrams + 3, sum("raw"), "and a final tick for each partition");
    }

    @Test
    void poisonStopsNothing() throws Exception {
        publish();
        startApp();
        send(3);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[i * 40];
            new Random(i).nextBytes(bytes);
            for (RawFormat format : new RawFormat[] {RawFormat.NETFLOW, RawFormat.AWS}) {
                raw.accept(
                        new RawRecord(
                                "netflow/10.8.8.8/" + i,
                                format,
                                1,
                                null,
                                null,
                                null,
                                null,
                                false,
                                bytes));
            }
        }
        send(3);
        assertEquals(6 * Workload.FLOWS, finish().size());
        long rejected =
                app.ledger().sums().entrySet().stream()
                        .filter(entry -> entry.getKey().counted().equals("rejected"))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        assertEquals(
                sum("raw"),
                sum("decoded") + rejected + sum("ticks") + sum("repeats") + sum("misplaced"));
        assertTrue(app.isReady());
    }

    private void publish() {
        cluster.publishCatalog(Catalog.bundled().rules());
        cluster.publishEstate(workload.estate());
    }

    private Path state() {
        return data.resolve("state");
    }

    private void startApp() {
        app =
                new FlowApp(
                        cluster.config(state(), Map.of()).withFlows(FlowsWanted.ALL),
                        cluster.inputPartitions(),
                        new SimpleMeterRegistry(),
                        InstantSource.system());
        app.start();
    }

    private void send(int datagrams) throws IOException {
        for (int i = 0; i < datagrams; i++) {
            raw.accept(workload.next());
        }
        raw.flush();
    }

    private void sendUnchecked(int datagrams) {
        try {
            send(datagrams);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Ends the input and reads every flow. */
    private List<JudgedFlow> finish() throws IOException {
        raw.accept(
                new RawRecord("t", RawFormat.TICK, 1, null, null, null, null, true, new byte[0]));
        raw.flush();
        List<JudgedFlow> flows = new ArrayList<>();
        try (var reader = cluster.flows()) {
            Await.until(
                    "the final marker of every partition",
                    () -> {
                        flows.addAll(reader.poll(Duration.ofMillis(50)));
                        return reader.isFinished();
                    },
                    this::books);
        }
        return flows;
    }

    /** What is committed by now, or a little more. */
    private List<JudgedFlow> readAll() {
        List<JudgedFlow> flows = new ArrayList<>();
        try (var reader = cluster.flows()) {
            List<JudgedFlow> some = reader.poll(Duration.ofSeconds(2));
            while (!some.isEmpty()) {
                flows.addAll(some);
                some = reader.poll(Duration.ofMillis(200));
            }
        }
        return flows;
    }

    private void awaitSum(String counted, long wanted) {
        Await.until(wanted + " " + counted, () -> sum(counted) >= wanted, this::books);
        assertEquals(wanted, sum(counted));
    }

    private long sum(String counted) {
        return app.ledger().sum(AccountName.of(counted));
    }

    private Object books() {
        return app.ledger().sums();
    }
}
