package io.flowwarden.bench;

import io.flowwarden.FlowApp;
import io.flowwarden.books.AccountName;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.embedded.EmbeddedCluster;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.raw.RawRecord;
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

/**
 * How many flows a second go from the raw topic to a verdict, and beside it, in the same process
 * and on the same raw topic, how fast an application is that only copies the raw records.
 */
public final class JudgeBench {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Map<String, String> SHORT_LIVED = Map.of("file.delete.delay.ms", "0");
    private static final AccountName RAW = AccountName.of("raw");

    /**
     * What to run.
     *
     * @param flows how many each round judges
     * @param prefixes of the estate
     * @param rounds that count; one more warms up
     * @param partitions of raw
     * @param kafka overrides of Kafka settings of both applications
     */
    public record Plan(
            long flows,
            int prefixes,
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
            var workload = new Workload(42, plan.prefixes(), Math.max(24, plan.partitions() * 2));
            cluster.publishCatalog(Catalog.bundled().rules());
            cluster.publishEstate(workload.estate());
            long records = Math.max(1, plan.flows() / Workload.FLOWS);
            write(cluster, workload, records);
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

    private void write(EmbeddedCluster cluster, Workload workload, long records)
            throws IOException {
        progress.accept(
                String.format("writing %,d raw records of %d flows", records, Workload.FLOWS));
        try (var raw = cluster.rawWriter()) {
            for (long i = 0; i < records; i++) {
                RawRecord record = workload.next();
                raw.accept(record);
            }
            raw.flush();
        }
    }

    private double judge(EmbeddedCluster cluster, int round, long records) {
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
    private static double rate(LongSupplier done, long records) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long first = await(done, 1, deadline);
        long start = System.nanoTime();
        await(done, records, deadline);
        long took = System.nanoTime() - start;
        return (records - first) * (double) Workload.FLOWS / took * 1e9;
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
