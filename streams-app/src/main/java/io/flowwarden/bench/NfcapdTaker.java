package io.flowwarden.bench;

import io.flowwarden.bench.SenderProcess.Sent;
import io.flowwarden.embedded.TemporaryFolder;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * nfcapd of nfdump, a process of its own for each trial; what is kept is what it says in the end.
 */
final class NfcapdTaker implements Taker {
    private static final Pattern FLOWS = Pattern.compile("Ident: '[^']*' Flows: (\\d+)");
    private static final String READY = "Startup nfcapd";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_NANOS = 1_000_000;

    private final Path data;
    private final int buffer;

    /**
     * @param data folder for its files
     * @param buffer bytes of kernel buffer to ask for
     */
    NfcapdTaker(Path data, int buffer) {
        this.data = data;
        this.buffer = buffer;
    }

    static boolean isInstalled() {
        try {
            return new ProcessBuilder("nfcapd", "-V")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String name() {
        return "nfcapd";
    }

    @Override
    public Trial take(SenderProcess sender, int rate, Duration duration) throws IOException {
        Path folder = Files.createTempDirectory(data, "nfcapd-");
        Path log = folder.resolve("log");
        int port = freePort();
        Process nfcapd = start(Files.createDirectory(folder.resolve("flows")), log, port);
        var stop = new Thread(nfcapd::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            await(nfcapd, log);
            Sent sent = sender.send(port, rate, duration);
            long end = System.nanoTime();
            // What is in its buffer when it is told to stop would be lost: it needs a moment.
            awaitEmpty(port);
            var late = Duration.ofNanos(System.nanoTime() - end);
            nfcapd.destroy();
            if (!nfcapd.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("nfcapd does not stop");
            }
            return new Trial(sent, flows(log) / Workload.FLOWS, late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            nfcapd.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(stop);
            TemporaryFolder.delete(folder);
        }
    }

    private Process start(Path flows, Path log, int port) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                "nfcapd",
                                "-w",
                                flows.toString(),
                                "-b",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-B",
                                Integer.toString(buffer),
                                "-t",
                                "3600"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void await(Process nfcapd, Path log) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains(READY)) {
            if (!nfcapd.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("nfcapd did not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Until its receive queue in /proc/net/udp is empty, or it takes too long. */
    private static void awaitEmpty(int port) throws IOException {
        var empty =
                Pattern.compile(
                        String.format(": 0100007F:%04X \\S+ \\S+ [0-9A-F]{8}:00000000 ", port));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline
                && !empty.matcher(Files.readString(Path.of("/proc/net/udp"))).find()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        LockSupport.parkNanos(50 * POLL_NANOS);
    }

    private static long flows(Path log) throws IOException {
        long flows = 0;
        var matcher = FLOWS.matcher(Files.readString(log));
        while (matcher.find()) {
            flows += Long.parseLong(matcher.group(1));
        }
        return flows;
    }

    private static int freePort() throws IOException {
        try (var socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
