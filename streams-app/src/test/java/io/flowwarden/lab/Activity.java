package io.flowwarden.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Something that a host of the lab does until it is stopped; it can be started again. */
final class Activity implements AutoCloseable {
    private final List<String> command;
    private final Path log;
    private Process process;

    /**
     * @param command in the network of its host
     * @param log gets what it says
     */
    Activity(List<String> command, Path log) {
        this.command = command;
        this.log = log;
    }

    /** Starts anew, with an empty log. */
    Activity start() {
        try {
            process = Tool.builder(command, log).start();
        } catch (IOException failed) {
            throw new UncheckedIOException(String.join(" ", command), failed);
        }
        return this;
    }

    /** SIGKILL: nothing is said at the end. */
    void stop() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** Returns once this line is among those said since the start. */
    void awaitSaying(String line) {
        Await.until(
                line + " of " + String.join(" ", command),
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(String.join(" ", command) + " ended: " + said());
                    }
                    return said().contains(line);
                },
                this::said);
    }

    /** Returns once this line was said so many times more than now. */
    void awaitSayingAgain(String line, int times) {
        long now = count(line);
        Await.until(times + " times " + line, () -> count(line) >= now + times, this::said);
    }

    private long count(String line) {
        return said().lines().filter(line::equals).count();
    }

    String said() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
