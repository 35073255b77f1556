package io.flowwarden.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs {@link PacedSender}. */
final class SenderProcess implements AutoCloseable {
    /**
     * What was sent.
     *
     * @param rate datagrams a second
     */
    record Sent(long datagrams, double rate) {}

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private SenderProcess(Process process) {
        this.process = process;
        this.orders = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    static SenderProcess start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new SenderProcess(
                new ProcessBuilder(
                                List.of(
                                        java,
                                        "-Xmx128m",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        PacedSender.class.getName()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    Sent send(int port, int rate, Duration duration) throws IOException {
        orders.write(port + " " + rate + " " + duration.toMillis() + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the sender ended");
        }
        String[] parts = answer.split(" ");
        long datagrams = Long.parseLong(parts[0]);
        return new Sent(datagrams, datagrams * 1e9 / Long.parseLong(parts[1]));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
