package io.flowwarden.bench;

import io.flowwarden.FlowApp;
import io.flowwarden.books.AccountName;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.embedded.EmbeddedCluster;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.Ticks;
import io.flowwarden.topics.Topic;
import io.flowwarden.topics.TopicAdmin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * How many flows a second go from the raw topic to a verdict, and beside it, in the same process
 * and on the same raw topic, how fast an application is that only copies the raw records.
 */
public final class JudgeBench {
    /** Flows a second by the clock of the traffic: some 24 busy routers. */
    private static final int RATE = 1_000_000;

    /** Instead of an offset: up to the end. */
    private static final long EVERYTHING = -1;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Map<String, String> SHORT_LIVED = Map.of("file.delete.delay.ms", "0");
    private static final AccountName RAW = AccountName.of("raw");

    /**
     * What to run.
     *
     * @param flows how many each round judges
     * @param prefixes of the estate
     * @param peers that each client has for each service; 0 for any
     * @param rounds that count; one more warms up
     * @param partitions of raw
     * @param kafka overrides of Kafka settings of both applications
     */
    public record Plan(
            long flows,
            int prefixes,
            int peers,
            int rounds,
            int partitions,
            FlowsWanted wanted,
            Map<String, String> kafka) {}

    /** Flows a second of each round. */
    public record Result(List<Double> judge, List<Double> copy) {
        public static double median(List<Double> rates) {
            double[] sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        }
    }

    private final Plan plan;
    private final Path data;
    private final Consumer<String> progress;

    /**
     * @param data empty folder for broker and state
     * @param progress told in a line what is going on
     */
    public JudgeBench(Plan plan, Path data, Consumer<String> progress) {
        this.plan = plan;
        this.data = data;
        this.progress = progress;
    }

    public Result run() throws IOException {
        try (var cluster = EmbeddedCluster.start(data, plan.partitions())) {
            var workload = workload();
            cluster.publishCatalog(Catalog.bundled().rules());
            cluster.publishEstate(workload.estate());
            long records = write(cluster, workload, Math.max(1, plan.flows() / Workload.FLOWS));
            var judge = new ArrayList<Double>();
            var copy = new ArrayList<Double>();
            for (int round = 0; round <= plan.rounds(); round++) {
                double judged = judge(cluster, round, records);
                double copied = copy(cluster, round, records);
                progress.accept(
                        String.format(
                                "round %d%s: judge %.2f M flows/s, copy %.2f M flows/s",
                                round, round == 0 ? " (warm-up)" : "", judged / 1e6, copied / 1e6));
                if (round > 0) {
                    judge.add(judged);
                    copy.add(copied);
                }
            }
            return new Result(judge, copy);
        }
    }

    private Workload workload() {
        int sources = Math.max(24, plan.partitions() * 2);
        return new Workload(42, plan.prefixes(), sources, plan.peers(), RATE);
    }

    /**
     * Datagrams with the ticks of their collector between.
     *
     * @return how many records there are now in all partitions
     */
    private long write(EmbeddedCluster cluster, Workload workload, long datagrams)
            throws IOException {
        progress.accept(
                String.format("writing %,d datagrams of %d flows", datagrams, Workload.FLOWS));
        long[] written = new long[1];
        try (var raw = cluster.rawWriter()) {
            var ticks =
                    new Ticks(
                            "bench",
                            record -> {
                                boolean everywhere = record.format() == RawFormat.TICK;
                                written[0] += everywhere ? plan.partitions() : 1;
                                raw.accept(record);
                            });
            for (long i = 0; i < datagrams; i++) {
                ticks.accept(workload.next());
            }
            raw.flush();
        }
        return written[0];
    }

    private double judge(EmbeddedCluster cluster, int round, long records) {
        empty(cluster, cluster.topics().findings());
        Config config =
                cluster.config(data.resolve("judge-" + round), application("judge-" + round))
                        .withFlows(plan.wanted());
        try (var app =
                new FlowApp(
                        config,
                        cluster.inputPartitions(),
                        new SimpleMeterRegistry(),
                        InstantSource.system())) {
            app.start();
            return rate(() -> app.ledger().sum(RAW), records);
        }
    }

    /** What the round before found is not to be settled again. */
    private static void empty(EmbeddedCluster cluster, Topic topic) {
        var all = new HashMap<TopicPartition, RecordsToDelete>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            all.put(
                    new TopicPartition(topic.name(), partition),
                    RecordsToDelete.beforeOffset(EVERYTHING));
        }
        try (var admin = Admin.create(Map.<String, Object>copyOf(cluster.client()))) {
            admin.deleteRecords(all).all().toCompletionStage().toCompletableFuture().join();
        }
    }

    private double copy(EmbeddedCluster cluster, int round, long records) {
        Map<String, Object> client = Map.copyOf(cluster.client());
        var topic = new Topic("copy", "bench.copy-" + round, plan.partitions(), SHORT_LIVED);
        try (var admin = Admin.create(client)) {
            new TopicAdmin(admin).create(List.of(topic), Optional.empty());
            try (var app =
                    new CopyApp(
                            cluster.config(
                                    data.resolve("copy-" + round), application("copy-" + round)),
                            cluster.topics().raw().name(),
                            topic.name())) {
                app.start();
                return rate(app::copied, records);
            } finally {
                admin.deleteTopics(List.of(topic.name()));
            }
        }
    }

    private Map<String, String> application(String id) {
        var settings = new HashMap<>(plan.kafka());
        settings.put("application.id", id);
        return settings;
    }

    /** Flows a second from the first record seen to the last. */
    private double rate(LongSupplier done, long records) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long first = await(done, 1, deadline);
        long start = System.nanoTime();
        await(done, records, deadline);
        long took = System.nanoTime() - start;
        return plan.flows() * (double) (records - first) / records / took * 1e9;
    }

    private static long await(LongSupplier done, long count, long deadline) {
        long now = done.getAsLong();
        while (now < count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "only " + now + " of " + count + " records within " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000);
            now = done.getAsLong();
        }
        return now;
    }
}
