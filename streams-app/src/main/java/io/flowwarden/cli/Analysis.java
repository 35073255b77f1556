package io.flowwarden.cli;

import io.flowwarden.embedded.AlertReader;
import io.flowwarden.embedded.EmbeddedFlowwarden;
import io.flowwarden.embedded.EmbeddedSetup;
import io.flowwarden.embedded.FlowReader;
import io.flowwarden.embedded.Rejected;
import io.flowwarden.embedded.RejectedReader;
import io.flowwarden.input.InputReader;
import io.flowwarden.live.RawWriter;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import io.flowwarden.raw.Ticks;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.JudgedFlow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/**
 * Inputs through the real topology on a broker of its own, from the first record to the answer to
 * the final tick. One thread reads, the caller's takes what comes out.
 */
final class Analysis {
    private static final String COLLECTOR = "files";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_SECONDS = 20;
    private static final Duration BETWEEN_REJECTS = Duration.ofSeconds(1);

    /** Where raw records come from. */
    interface Feed {
        /** Gives all, in order, with their ticks; behind the last record comes a final one. */
        void into(RawSink out) throws IOException;
    }

    /** Takes what comes out, in the caller's thread. */
    interface Listener {
        void judged(JudgedFlow flow) throws IOException;

        void alert(Alert alert) throws IOException;

        void rejected(Rejected rejected) throws IOException;

        /** The run is over; its books are complete. */
        void finished(EmbeddedFlowwarden flowwarden);
    }

    private final Feed feed;
    private final EmbeddedSetup setup;
    private final Listener listener;
    private final CompletableFuture<EmbeddedFlowwarden> started = new CompletableFuture<>();
    private RawWriter writer;
    private volatile boolean starting;
    private volatile boolean stopping;

    /** Files, in this order, with ticks of capture time. */
    Analysis(InputReader reader, List<String> inputs, EmbeddedSetup setup, Listener listener) {
        this(files(reader, inputs), setup, listener);
    }

    Analysis(Feed feed, EmbeddedSetup setup, Listener listener) {
        this.feed = feed;
        this.setup = setup;
        this.listener = listener;
    }

    /** Runs to the end. Where no input has a raw record, no broker is started. */
    void run() throws IOException {
        var hook = new Thread(this::stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var reading = CompletableFuture.runAsync(this::read, Analysis::inThread);
            CompletableFuture.anyOf(started, reading).join();
            if (started.isDone()) {
                try (EmbeddedFlowwarden flowwarden = started.join()) {
                    take(flowwarden, reading);
                }
            }
        } catch (CompletionException | IOException | KafkaException e) {
            throw failure(e);
        } finally {
            if (!stopping) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private IOException failure(Exception e) {
        Throwable cause = e instanceof CompletionException ? e.getCause() : e;
        IOException failure = cause instanceof IOException io ? io : new IOException(cause);
        // Once somebody pressed Ctrl-C, what breaks is what we are taking apart.
        return stopping ? new OutputGone(failure) : failure;
    }

    /** Ctrl-C: the temporary folder goes even then. A broker that is starting up starts first. */
    private void stop() {
        stopping = true;
        if (starting) {
            try {
                started.get(PATIENCE_SECONDS, TimeUnit.SECONDS).close();
            } catch (ExecutionException | TimeoutException failed) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void take(EmbeddedFlowwarden flowwarden, CompletableFuture<Void> reading)
            throws IOException {
        try (FlowReader flows = flowwarden.flows();
                AlertReader alerts = flowwarden.alerts();
                RejectedReader rejected = flowwarden.rejected()) {
            long asked = System.nanoTime();
            while (!flows.isFinished() || !alerts.isFinished()) {
                for (JudgedFlow flow : flows.poll(flows.isFinished() ? Duration.ZERO : POLL)) {
                    listener.judged(flow);
                }
                for (Alert alert : alerts.poll(flows.isFinished() ? POLL : Duration.ZERO)) {
                    listener.alert(alert);
                }
                if (System.nanoTime() - asked > BETWEEN_REJECTS.toNanos()) {
                    take(rejected);
                    asked = System.nanoTime();
                }
                if (reading.isCompletedExceptionally()) {
                    reading.join();
                }
                if (stopping) {
                    throw new IOException("stopped");
                }
                if (!flowwarden.isLive()) {
                    throw new IOException("the topology stopped before the end");
                }
            }
            reading.join();
            // The markers were committed with or after everything that was rejected.
            take(rejected);
            listener.finished(flowwarden);
        }
    }

    private void take(RejectedReader reader) throws IOException {
        for (Rejected rejected : reader.upToNow()) {
            listener.rejected(rejected);
        }
    }

    private void read() {
        try {
            feed.into(this::write);
            if (writer != null) {
                writer.flush();
                writer.close();
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void write(RawRecord raw) throws IOException {
        if (writer == null) {
            starting = true;
            EmbeddedFlowwarden flowwarden = EmbeddedFlowwarden.start(setup);
            writer = flowwarden.rawWriter();
            started.complete(flowwarden);
        }
        writer.accept(raw);
    }

    private static Feed files(InputReader reader, List<String> inputs) {
        return out -> {
            var ticks = new Ticks(COLLECTOR, out);
            var any = new boolean[1];
            for (String input : inputs) {
                reader.read(
                        input,
                        raw -> {
                            any[0] = true;
                            ticks.accept(raw);
                        });
            }
            if (any[0]) {
                ticks.finish();
            }
        };
    }

    private static void inThread(Runnable task) {
        var thread = new Thread(task, "input");
        thread.setDaemon(true);
        thread.start();
    }
}
