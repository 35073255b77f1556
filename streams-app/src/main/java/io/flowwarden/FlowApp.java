package io.flowwarden;

import io.flowwarden.books.Ledger;
import io.flowwarden.config.Config;
import io.flowwarden.config.InputConfig;
import io.flowwarden.judge.CurrentKnowledge;
import io.flowwarden.judge.Inputs;
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

    /**
     * @param partitions how many each input topic has, by full name
     * @param clock for the budget of thread restarts
     */
    public FlowApp(
            Config config,
            Map<String, Integer> partitions,
            MeterRegistry meters,
            InstantSource clock) {
        Topics topics = Topics.under(config.topicsPrefix());
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
                                ledger)
                        .build();
        LOG.info("{}", topology.describe());
        streams = new KafkaStreams(topology, settings);
        streams.setUncaughtExceptionHandler(
                new RestartBudget(config.limits().threadRestarts(), clock, meters));
        streams.setStateListener(
                (now, before) -> {
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

    private static Inputs inputs(Config config, Topics topics, Map<String, Integer> partitions) {
        return new Inputs(
                inputs(config, topics).stream()
                        .map(
                                input ->
                                        new Inputs.Input(
                                                input.topic(),
                                                input.format(),
                                                partitions.get(input.topic())))
                        .toList());
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
            LOG.warn("no catalog yet: waiting for a revision, consuming nothing");
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

    /** Whether it can still come to judge. */
    public boolean isLive() {
        return !streams.state().hasCompletedShutdown()
                && streams.state() != KafkaStreams.State.ERROR;
    }

    /** Waits until it has stopped, by {@link #close} or because it gave up. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
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
