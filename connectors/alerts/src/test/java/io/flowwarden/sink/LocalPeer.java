package io.flowwarden.sink;

import io.flowwarden.testkit.Peers;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program of others that runs beside a test. */
public final class LocalPeer implements AutoCloseable {
    private final Process process;
    private final Path log;

    private LocalPeer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Path of the first of these that is installed; ends the test where none is.
     *
     * @param debian package that has it
     */
    public static String program(String debian, String... names) {
        for (String name : names) {
            for (String folder :
                    (System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator)) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program)) {
                    return program.toString();
                }
            }
        }
        Peers.absent("no " + names[0] + " on the PATH: apt-get install " + debian);
        throw new IllegalStateException();
    }

    public static LocalPeer start(Path folder, String... command) throws IOException {
        Path log = Files.createTempFile(folder, "peer", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new LocalPeer(process, log);
    }

    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Free now; the peer takes it before anybody else, as a rule. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
