package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A command that runs until stopped, in a process of its own. */
public final class Running implements AutoCloseable {
    private static final Pattern METRICS = Pattern.compile("metrics at (http://\\S+)/metrics");

    private static final Pattern UDP = Pattern.compile("to udp ([^:]+):(\\d+)");

    private final Process process;
    private final Path out;
    private final Path err;
    private final HttpClient http = HttpClient.newHttpClient();

    private Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** {@code flowwarden run}. */
    static Running start(Path folder, Path config) throws IOException {
        return start(folder, "run", "--config", config.toString());
    }

    public static Running start(Path folder, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, arguments[0], ".out");
        Path err = Files.createTempFile(folder, arguments[0], ".err");
        return new Running(
                Flowwarden.builder(folder, arguments)
                        .redirectError(err.toFile())
                        .redirectOutput(out.toFile())
                        .start(),
                out,
                err);
    }

    public long pid() {
        return process.pid();
    }

    /** Complete lines of standard output. */
    public List<String> lines() {
        try {
            String text = Files.readString(out);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Complete lines of standard output behind so many bytes.
     *
     * @param bytes of whole lines, which were read before
     */
    public String printedAfter(long bytes) {
        try (var in = Files.newInputStream(out)) {
            in.skipNBytes(bytes);
            byte[] more = in.readAllBytes();
            int end = more.length;
            while (end > 0 && more[end - 1] != '\n') {
                end--;
            }
            return new String(more, 0, end, UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public String said() {
        try {
            return Files.readString(err);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    public void awaitSaying(String what) {
        Await.until(what, () -> isAlive() && said().contains(what), this::said);
    }

    /** Status of a request, to the address that it told. */
    int status(String path) {
        return get(path).statusCode();
    }

    public String body(String path) {
        return get(path).body();
    }

    /** Where it listens for datagrams, as it told; only the first address. */
    public InetSocketAddress udp() {
        awaitSaying("to udp ");
        var found = UDP.matcher(said());
        if (!found.find()) {
            throw new AssertionError("no address: " + said());
        }
        return new InetSocketAddress(found.group(1), Integer.parseInt(found.group(2)));
    }

    private HttpResponse<String> get(String path) {
        var found = METRICS.matcher(said());
        if (!found.find()) {
            throw new AssertionError("no address: " + said());
        }
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(found.group(1) + path)).build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(path + ": " + said(), failed);
        }
    }

    /** Whether it still runs; a process that ended by itself is an error of the test. */
    public boolean isAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("ended with " + process.exitValue() + ": " + said());
        }
        return true;
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; its exit status. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("does not stop: " + said());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
