package io.flowwarden.cli;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.demo.Player;
import io.flowwarden.demo.Scenario;
import io.flowwarden.embedded.EmbeddedFlowwarden;
import io.flowwarden.embedded.EmbeddedSetup;
import io.flowwarden.embedded.FlowReader;
import io.flowwarden.estate.Estate;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.ops.OpsServer;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.udp.Collector;
import io.flowwarden.udp.UdpReceiver;
import io.flowwarden.udp.UdpSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays two sites at work through everything: UDP, broker, topology. */
@Command(
        name = "demo",
        description = {
            "Play a two-site scenario: replication, backup, migration, heartbeats and an intruder.",
            "NetFlow v9 over loopback UDP into the real topology; runs until stopped."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int PARTITIONS = 2;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long BETWEEN_BOOKS = 5_000;
    private static final long LAST_FLOWS = 1_000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Stop after N seconds of the play. Default: run until stopped.")
    private long seconds = Long.MAX_VALUE;

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException {
        Quiet.please();
        try (var stop = new StopSignal();
                Output out = Output.standard()) {
            var screen = new DemoScreen(out);
            screen.say("Two sites: Paris replicates, backs up and migrates, Lyon stands by.");
            screen.say("Starting broker and topology; stop with Ctrl-C.");
            var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            try (var flowwarden = EmbeddedFlowwarden.start(setup(meters));
                    var metrics = metrics(meters, flowwarden);
                    var receiver = receiver();
                    var writer = flowwarden.rawWriter();
                    var collector = new Collector("demo", receiver, writer, clock);
                    var flows = flowwarden.flows()) {
                screen.say(
                        "NetFlow v9 to udp "
                                + address(receiver)
                                + ", receive buffer "
                                + (receiver.grantedBuffer() >> 10)
                                + " KiB; metrics at "
                                + metrics.metricsUrl());
                screen.say("");
                new Play(stop, screen, flowwarden, receiver, flows).run();
            }
        }
        return Exit.OK;
    }

    private static EmbeddedSetup setup(MeterRegistry meters) throws IOException {
        Catalog catalog = Catalog.bundled();
        return new EmbeddedSetup(
                catalog.rules(),
                estate(catalog).entries(),
                FlowsWanted.ALL,
                PARTITIONS,
                null,
                meters,
                Map.of());
    }

    private static Estate estate(Catalog catalog) throws IOException {
        try (InputStream in = DemoCommand.class.getResourceAsStream(Scenario.estate())) {
            return EstateFile.parse("demo/estate.yaml", in.readAllBytes(), catalog);
        }
    }

    private static OpsServer metrics(PrometheusMeterRegistry meters, EmbeddedFlowwarden flowwarden)
            throws IOException {
        return OpsServer.start(
                anyLoopbackPort(), meters::scrape, flowwarden::isLive, flowwarden::isReady);
    }

    private static InetSocketAddress anyLoopbackPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private UdpReceiver receiver() throws IOException {
        return UdpReceiver.open(UdpSettings.on(anyLoopbackPort()), clock);
    }

    private static String address(UdpReceiver receiver) {
        return receiver.address().getAddress().getHostAddress()
                + ":"
                + receiver.address().getPort();
    }

    private final class Play {
        private final StopSignal stop;
        private final DemoScreen screen;
        private final EmbeddedFlowwarden flowwarden;
        private final UdpReceiver receiver;
        private final FlowReader flows;

        Play(
                StopSignal stop,
                DemoScreen screen,
                EmbeddedFlowwarden flowwarden,
                UdpReceiver receiver,
                FlowReader flows) {
            this.stop = stop;
            this.screen = screen;
            this.flowwarden = flowwarden;
            this.receiver = receiver;
            this.flows = flows;
        }

        void run() throws IOException {
            try (var wire = DatagramChannel.open()) {
                wire.connect(receiver.address());
                long begun = clock.millis();
                var player = new Player(begun, bytes -> wire.write(ByteBuffer.wrap(bytes)));
                long played = 0;
                long nextBooks = begun + BETWEEN_BOOKS;
                while (!stop.isAsked() && played < seconds) {
                    if (clock.millis() >= begun + played * 1000) {
                        player.playSecond(clock.millis());
                        played++;
                    }
                    show();
                    if (clock.millis() >= nextBooks) {
                        screen.books(flowwarden.books(), receiver.counts());
                        nextBooks += BETWEEN_BOOKS;
                    }
                }
            }
            long end = clock.millis() + LAST_FLOWS;
            while (!stop.isAsked() && clock.millis() < end) {
                show();
            }
            screen.books(flowwarden.books(), receiver.counts());
        }

        private void show() throws IOException {
            for (JudgedFlow flow : flows.poll(POLL)) {
                screen.judged(flow);
            }
            if (!flowwarden.isLive()) {
                throw new IOException("the topology stopped");
            }
        }
    }
}
