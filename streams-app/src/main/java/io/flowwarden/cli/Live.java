package io.flowwarden.cli;

import io.flowwarden.config.Listen;
import io.flowwarden.embedded.AlertReader;
import io.flowwarden.embedded.EmbeddedFlowwarden;
import io.flowwarden.embedded.EmbeddedSetup;
import io.flowwarden.embedded.FlowReader;
import io.flowwarden.live.AlertFeeds;
import io.flowwarden.live.RawWriter;
import io.flowwarden.live.UdpMeters;
import io.flowwarden.ops.OpsServer;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.udp.Collector;
import io.flowwarden.udp.UdpReceiver;
import io.flowwarden.udp.UdpSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** Everything in one process, from the sockets to the screen, until it is stopped. */
final class Live {
    private static final String COLLECTOR = "live";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LAST_FLOWS = 1_000;

    private final EmbeddedSetup setup;
    private final PrometheusMeterRegistry meters;
    private final Duration betweenBooks;
    private final Screen screen;
    private final InstantSource clock = InstantSource.system();

    /** Once the topology is there; what is asked over HTTP before that is not ready. */
    private volatile EmbeddedFlowwarden flowwarden;

    /**
     * @param meters those of the setup, as the HTTP server tells them
     */
    Live(
            EmbeddedSetup setup,
            PrometheusMeterRegistry meters,
            Duration betweenBooks,
            Screen screen) {
        this.setup = setup;
        this.meters = meters;
        this.betweenBooks = betweenBooks;
        this.screen = screen;
    }

    /**
     * Runs until somebody stops it, or the play is over.
     *
     * <p>What can be refused is taken first: the addresses. Datagrams that come while the broker
     * starts wait in the queue, so a restart loses few.
     */
    void run(List<InetSocketAddress> listen, Listen http, Play play, StopSignal stop)
            throws IOException {
        try (var ops = http(http);
                var receiver = udp(listen)) {
            screen.say(listening(receiver, ops));
            try (var started = EmbeddedFlowwarden.start(setup);
                    var sinks =
                            AlertFeeds.start(
                                    setup.config().alertSinks(), started.cluster(), meters, clock);
                    var writer = started.rawWriter();
                    var flows = started.flows("screen");
                    var alerts = started.alerts("screen")) {
                flowwarden = started;
                judge(receiver, writer, flows, alerts, play, stop);
            }
        }
    }

    private void judge(
            UdpReceiver receiver,
            RawWriter writer,
            FlowReader flows,
            AlertReader alerts,
            Play play,
            StopSignal stop)
            throws IOException {
        try (var collector = new Collector(COLLECTOR, receiver, writer, clock)) {
            screen.say("judging");
            boolean playing = true;
            long end = Long.MAX_VALUE;
            long nextBooks = clock.millis() + betweenBooks.toMillis();
            while (!stop.isAsked() && clock.millis() < end) {
                if (playing && !play.goOn(clock.millis(), receiver.address())) {
                    playing = false;
                    end = clock.millis() + LAST_FLOWS;
                }
                show(flows);
                show(alerts);
                if (collector.failure().isPresent()) {
                    throw new IOException("the collector stopped", collector.failure().get());
                }
                if (clock.millis() >= nextBooks) {
                    books(receiver);
                    nextBooks += betweenBooks.toMillis();
                }
            }
            // Else the collector would wait for silence.
            receiver.close();
            books(receiver);
        }
    }

    private void show(FlowReader flows) throws IOException {
        List<JudgedFlow> judged = flows.poll(POLL);
        for (JudgedFlow flow : judged) {
            screen.judged(flow);
        }
        if (!judged.isEmpty()) {
            screen.flush();
            flows.done();
        }
        if (!flowwarden.isLive()) {
            throw new IOException("the topology stopped");
        }
    }

    private void show(AlertReader alerts) throws IOException {
        List<Alert> changed = alerts.poll(Duration.ZERO);
        for (Alert alert : changed) {
            screen.alert(alert);
        }
        if (!changed.isEmpty()) {
            screen.flush();
            alerts.done();
        }
    }

    private void books(UdpReceiver receiver) throws IOException {
        screen.say(BooksLine.of(flowwarden.books(), receiver.counts()));
    }

    private UdpReceiver udp(List<InetSocketAddress> listen) {
        try {
            var receiver =
                    UdpReceiver.open(
                            UdpSettings.on(listen.toArray(InetSocketAddress[]::new))
                                    .withAllow(setup.config().limits().exporters()),
                            clock);
            UdpMeters.bind(receiver, meters);
            return receiver;
        } catch (IOException refused) {
            throw new UsageFault(refused.getMessage());
        }
    }

    /** Null if nothing shall listen. */
    private OpsServer http(Listen http) {
        if (http.isOff()) {
            return null;
        }
        try {
            return OpsServer.start(
                    http.address(),
                    meters::scrape,
                    () -> flowwarden == null || flowwarden.isLive(),
                    () -> flowwarden != null && flowwarden.isReady());
        } catch (IOException refused) {
            throw new UsageFault("cannot listen on http " + http + ": " + refused.getMessage());
        }
    }

    private static String listening(UdpReceiver receiver, OpsServer ops) {
        return "NetFlow, IPFIX and sFlow to udp "
                + receiver.addresses().stream()
                        .map(Live::text)
                        .sorted()
                        .collect(Collectors.joining(", "))
                + ", receive buffer "
                + (receiver.grantedBuffer() >> 10)
                + " KiB"
                + (ops == null ? "" : "; metrics at " + ops.metricsUrl());
    }

    private static String text(InetSocketAddress address) {
        return new Listen(address.getAddress().getHostAddress(), address.getPort()).toString();
    }
}
