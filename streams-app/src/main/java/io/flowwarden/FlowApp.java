package io.flowwarden;

import io.flowwarden.alert.Settle;
import io.flowwarden.books.Ledger;
import io.flowwarden.config.Config;
import io.flowwarden.config.InputConfig;
import io.flowwarden.judge.CurrentKnowledge;
import io.flowwarden.judge.Inputs;
import io.flowwarden.judge.JudgeStore;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology, running: one instance of the application. */
public final class FlowApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowApp.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final Properties settings;
    private final KafkaStreams streams;
    private final Ledger ledger;
    private final CurrentKnowledge knowledge;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Consumer<KafkaStreams.State> watcher = state -> {};

    /**
     * @param partitions how many each input topic has, and findings, by full name
     * @param clock for the budget of thread restarts
     */
    public FlowApp(
            Config config,
            Map<String, Integer> partitions,
            MeterRegistry meters,
            InstantSource clock) {
        Topics topics = Topics.under(config.topicsPrefix());
        Integer findings = partitions.get(topics.findings().name());
        if (findings != null) {
            topics = topics.withPartitions(Map.of(topics.findings().kind(), findings));
        }
        settings = StreamsSettings.of(config, InstanceIdentity.in(config.stateDir()));
        ledger = new Ledger(meters);
        knowledge = new CurrentKnowledge(meters);
        var topology =
                new FlowTopology(
                                topics,
                                inputs(config, topics, partitions),
                                config.flows(),
                                new SchemaSerdes(config.schema()),
                                knowledge,
                                ledger,
                                config.limits().witness(),
                                config.alerting().settings())
                        .build();
        LOG.info("{}", topology.describe());
        streams = new KafkaStreams(topology, settings);
        streams.setUncaughtExceptionHandler(
                new RestartBudget(config.limits().threadRestarts(), clock, meters));
        streams.setStateListener(
                (now, before) -> {
                    watcher.accept(now);
                    if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                        stopped.countDown();
                    }
                });
    }

    /** Topics that the configuration reads raw records from. */
    public static List<InputConfig> inputs(Config config, Topics topics) {
        return config.inputs().isEmpty()
                ? List.of(new InputConfig(topics.raw().name(), null))
                : config.inputs();
    }

    /**
     * What is wrong with the settings below {@code kafka.}, by their keys in the file; nothing is
     * joined.
     */
    public static Map<String, String> faults(Config config) {
        return StreamsSettings.faults(config);
    }

    /** The topic that keeps the judge's state; it has as many partitions as the widest input. */
    public static String changelogOfJudge(Config config) {
        return changelog(config, JudgeStore.NAME);
    }

    /** The topic that keeps the incidents; it has as many partitions as the findings. */
    public static String changelogOfSettle(Config config) {
        return changelog(config, Settle.STORE);
    }

    private static String changelog(Config config, String store) {
        return config.kafka()
                        .getOrDefault(
                                StreamsConfig.APPLICATION_ID_CONFIG, StreamsSettings.APPLICATION_ID)
                + "-"
                + store
                + "-changelog";
    }

    private static Inputs inputs(Config config, Topics topics, Map<String, Integer> partitions) {
        return new Inputs(
                inputs(config, topics).stream()
                        .map(
                                input ->
                                        new Inputs.Input(
                                                input.topic(),
                                                input.format(),
                                                partitions.get(input.topic())))
                        .toList(),
                config.limits().admission());
    }

    /**
     * Starts, and judges as soon as there is a catalog; until then it consumes nothing. Returns
     * when what the topics hold of catalog and estate is read.
     */
    public void start() {
        deleteGlobalState();
        streams.pause();
        streams.start();
        if (knowledge.isComplete()) {
            streams.resume();
        } else {
            LOG.info("no catalog yet: waiting for a revision, consuming nothing");
            var waiting = new Thread(this::resumeWithTheFirstCatalog, "flowwarden-first-catalog");
            waiting.setDaemon(true);
            waiting.start();
        }
    }

    private void resumeWithTheFirstCatalog() {
        try {
            knowledge.await();
            streams.resume();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it judges: the threads run, and there is a catalog. */
    public boolean isReady() {
        return knowledge.isComplete() && streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether there is a catalog to judge by. */
    public boolean hasCatalog() {
        return knowledge.isComplete();
    }

    /** Whether it can still come to judge. */
    public boolean isLive() {
        return !streams.state().hasCompletedShutdown()
                && streams.state() != KafkaStreams.State.ERROR;
    }

    /**
     * Waits for the end, by {@link #close} or because it gave up.
     *
     * @return whether it has stopped
     */
    public boolean awaitStop(Duration atMost) throws InterruptedException {
        return stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * @param watcher told about every change of state, on a thread that must not wait
     */
    public void watch(Consumer<KafkaStreams.State> watcher) {
        this.watcher = watcher;
    }

    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        streams.close(CLOSE_WITHIN);
    }

    /**
     * The global stores are read anew from the first offset at every start. Left there, a store
     * whose last writes a crash kept from the disk would start for ever behind what the topic still
     * has, and a checkpoint older than the topic's tombstones would bring entries back.
     */
    private void deleteGlobalState() {
        Path global =
                Path.of(
                        settings.get(StreamsConfig.STATE_DIR_CONFIG).toString(),
                        settings.get(StreamsConfig.APPLICATION_ID_CONFIG).toString(),
                        "global");
        if (!Files.exists(global)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(global)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + global, failed);
        }
    }
}
