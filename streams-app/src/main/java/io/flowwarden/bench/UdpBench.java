package io.flowwarden.bench;

import io.flowwarden.embedded.EmbeddedCluster;
import io.flowwarden.udp.UdpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The highest rate of NetFlow v9 datagrams that reaches the raw topic without loss, and beside it,
 * in the same run and from the same sender, what nfcapd takes without loss.
 */
public final class UdpBench {
    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 640_000;

    /** Where the sender falls behind its order, the machine has no more to give. */
    private static final double ON_PACE = 0.95;

    /** What comes later than this share of the sending time was not kept up with, but piled up. */
    private static final double PUNCTUAL = 0.1;

    private static final int TRIES = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    /**
     * What to run.
     *
     * @param rounds searches of each collector; the broker is warmed up before
     * @param seconds each trial
     * @param partitions of the raw topic
     * @param sockets of our port
     * @param buffer bytes of kernel buffer that each asks for
     * @param kafka overrides of the producer's settings
     */
    public record Plan(
            int rounds,
            int seconds,
            int partitions,
            int sockets,
            int buffer,
            Map<String, String> kafka) {}

    /** Datagrams a second of each round; none of nfcapd where it is not installed. */
    public record Result(List<Double> raw, List<Double> nfcapd) {}

    private final Plan plan;
    private final Path data;
    private final Consumer<String> progress;

    /**
     * @param data empty folder for the broker and nfcapd
     * @param progress told in a line what is going on
     */
    public UdpBench(Plan plan, Path data, Consumer<String> progress) {
        this.plan = plan;
        this.data = data;
        this.progress = progress;
    }

    public Result run() throws IOException {
        boolean beside = NfcapdTaker.isInstalled();
        if (!beside) {
            progress.accept("nfcapd is not installed (Debian: nfdump): nothing to compare with");
        }
        try (var cluster = EmbeddedCluster.start(data.resolve("cluster"), 1);
                var sender = SenderProcess.start()) {
            var raw = new RawTopicTaker(client(cluster), plan.partitions(), settings());
            var nfcapd = new NfcapdTaker(data, plan.buffer());
            for (int rate = LOWEST; rate <= LOWEST * 8; rate *= 2) {
                raw.take(sender, rate, WARM_UP);
            }
            var ours = new ArrayList<Double>();
            var theirs = new ArrayList<Double>();
            for (int round = 1; round <= plan.rounds(); round++) {
                ours.add(highest(raw, sender));
                if (beside) {
                    theirs.add(highest(nfcapd, sender));
                }
            }
            return new Result(ours, theirs);
        }
    }

    private Map<String, String> client(EmbeddedCluster cluster) {
        var client = new HashMap<>(plan.kafka());
        client.putAll(cluster.client());
        return client;
    }

    private UdpSettings settings() {
        return UdpSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withSockets(plan.sockets())
                .withBuffer(plan.buffer());
    }

    /** What was really sent at the best of all attempts that lost nothing. */
    private double highest(Taker taker, SenderProcess sender) throws IOException {
        var best = new double[1];
        RateSearch.highest(
                LOWEST,
                HIGHEST,
                rate -> {
                    double sent = lossless(taker, sender, rate);
                    best[0] = Math.max(best[0], sent);
                    return sent >= rate * ON_PACE;
                });
        progress.accept(String.format(Locale.ROOT, "%s: %,.0f datagrams/s", taker.name(), best[0]));
        return best[0];
    }

    /** The rate sent, or 0 if two tries lost something: others use this machine, too. */
    private double lossless(Taker taker, SenderProcess sender, int rate) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            var trial = taker.take(sender, rate, Duration.ofSeconds(plan.seconds()));
            progress.accept(
                    String.format(
                            Locale.ROOT,
                            "  %s: %,d/s: sent %,d at %,.0f/s, lost %,d, done after %d ms",
                            taker.name(),
                            rate,
                            trial.sent().datagrams(),
                            trial.sent().rate(),
                            trial.sent().datagrams() - trial.kept(),
                            trial.late().toMillis()));
            if (trial.isLossless() && trial.late().toMillis() <= plan.seconds() * 1000 * PUNCTUAL) {
                return trial.sent().rate();
            }
        }
        return 0;
    }
}
