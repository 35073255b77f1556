package io.flowwarden.cli;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.config.Listen;
import io.flowwarden.demo.Player;
import io.flowwarden.demo.Scenario;
import io.flowwarden.embedded.EmbeddedSetup;
import io.flowwarden.embedded.Retention;
import io.flowwarden.estate.Estate;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.judge.FlowsWanted;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code live} with two sites that play themselves. */
@Command(
        name = "demo",
        description = {
            "Play a two-site scenario: replication, backup, migration, heartbeats and an intruder.",
            "NetFlow v9 over loopback UDP into the real topology; runs until stopped."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int PARTITIONS = 2;
    private static final Duration BETWEEN_BOOKS = Duration.ofSeconds(5);
    private static final Listen ANY_PORT = new Listen("127.0.0.1", 0);

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Stop after N seconds of the play. Default: run until stopped.")
    private long seconds = Long.MAX_VALUE;

    @Override
    public Integer call() throws IOException {
        Quiet.please();
        try (var stop = new StopSignal();
                Output out = Output.standard();
                var wire = DatagramChannel.open()) {
            var screen = new DemoScreen(out);
            screen.say("Two sites: Paris replicates, backs up and migrates, Lyon stands by.");
            screen.say("Starting broker and topology; stop with Ctrl-C.");
            var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            new Live(setup(meters), meters, BETWEEN_BOOKS, screen)
                    .run(List.of(ANY_PORT.address()), ANY_PORT, new Scenes(wire), stop);
        }
        return Exit.OK;
    }

    private static EmbeddedSetup setup(MeterRegistry meters) throws IOException {
        Catalog catalog = Catalog.bundled();
        return new EmbeddedSetup(
                catalog.rules(),
                estate(catalog).entries(),
                Config.of(Map.of(), Map.of(), Path.of("")).withFlows(FlowsWanted.ALL),
                PARTITIONS,
                null,
                Retention.SMALL_SITE,
                meters);
    }

    private static Estate estate(Catalog catalog) throws IOException {
        try (InputStream in = DemoCommand.class.getResourceAsStream(Scenario.estate())) {
            return EstateFile.parse("demo/estate.yaml", in.readAllBytes(), catalog);
        }
    }

    /** A second of the scenario each second. */
    private final class Scenes implements Play {
        private final DatagramChannel wire;
        private Player player;
        private long begun;
        private long played;

        Scenes(DatagramChannel wire) {
            this.wire = wire;
        }

        @Override
        public boolean goOn(long now, InetSocketAddress to) throws IOException {
            if (player == null) {
                wire.connect(to);
                player = new Player(now, bytes -> wire.write(ByteBuffer.wrap(bytes)));
                begun = now;
            }
            if (played < seconds && now >= begun + played * 1000) {
                player.playSecond(now);
                played++;
            }
            return played < seconds;
        }
    }
}
