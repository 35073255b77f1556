package io.flowwarden.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that comes as an npm package: an emulator of a cloud's store. It is installed once below
 * {@code target}; where that is impossible the tests are skipped, or fail with
 * -Dpeers.required=true.
 */
public final class NpmServer implements AutoCloseable {
    private final Process process;
    private final String url;

    private NpmServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Where it listens, e.g. {@code http://127.0.0.1:10000}. */
    public String url() {
        return url;
    }

    /**
     * @param name of the package
     * @param version of the package
     * @param script the server, within the package
     * @param listening finds in what it prints the address that it listens on, as group 1
     * @param node options of node
     * @param arguments of the script; it listens on 127.0.0.1 at any port
     */
    public static NpmServer start(
            String name,
            String version,
            String script,
            Pattern listening,
            List<String> node,
            List<String> arguments)
            throws IOException, InterruptedException {
        Path folder = Path.of("target", "npm", name + "-" + version).toAbsolutePath();
        if (!Files.exists(folder.resolve("installed"))) {
            install(name + "@" + version, folder);
        }
        List<String> command = new ArrayList<>();
        command.add("node");
        command.addAll(node);
        command.add(folder.resolve("node_modules").resolve(name).resolve(script).toString());
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        StringBuffer log = new StringBuffer();
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, listening, log, address), name + "-log");
        reader.setDaemon(true);
        reader.start();
        try {
            return new NpmServer(process, "http://" + address.get(60, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException(name + " did not start:\n" + log, e);
        }
    }

    private static void install(String what, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path log = folder.resolve("npm.log");
        try {
            Process npm =
                    new ProcessBuilder(
                                    "npm",
                                    "install",
                                    "--no-audit",
                                    "--no-fund",
                                    "--prefer-offline",
                                    "--prefix",
                                    folder.toString(),
                                    what)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            if (!npm.waitFor(5, TimeUnit.MINUTES)) {
                npm.destroyForcibly();
                Peers.absent("no " + what + " to test against: npm takes longer than 5 min");
            }
            if (npm.exitValue() != 0) {
                Peers.absent("no " + what + " to test against: npm said\n" + Files.readString(log));
            }
        } catch (IOException e) {
            Peers.absent("no " + what + " to test against, node and npm: " + e.getMessage());
        }
        Files.createFile(folder.resolve("installed"));
    }

    /** Reads to the end, so that the server never waits for a full pipe. */
    private static void read(
            Process process,
            Pattern listening,
            StringBuffer log,
            CompletableFuture<String> address) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher found = listening.matcher(line);
                if (!address.isDone()) {
                    log.append(line).append('\n');
                    if (found.find()) {
                        address.complete(found.group(1));
                    }
                }
            }
        } catch (IOException e) {
            log.append(e);
        }
        address.completeExceptionally(new IOException("the server ended"));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
