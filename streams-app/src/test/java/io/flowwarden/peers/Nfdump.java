package io.flowwarden.peers;

import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A collector of nfdump, and what nfdump reads in its files. */
final class Nfdump implements AutoCloseable {
    private final Path folder;
    private final Path log;
    private final Process process;
    private final InetSocketAddress address;

    private Nfdump(Path folder, Path log, Process process, InetSocketAddress address) {
        this.folder = folder;
        this.log = log;
        this.process = process;
        this.address = address;
    }

    /**
     * @param program {@code nfcapd} or {@code sfcapd}
     * @param folder empty; its files go there
     */
    static Nfdump start(String program, Path folder) throws IOException {
        int port = freePort();
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        var process =
                Shell.start(
                        log,
                        List.of(
                                program,
                                "-w",
                                folder.toString(),
                                "-b",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-t",
                                "3600"));
        var nfdump = new Nfdump(folder, log, process, new InetSocketAddress("127.0.0.1", port));
        Await.until(program, () -> nfdump.waiting() >= 0, () -> Shell.said(log));
        return nfdump;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Stops it when it has read everything; the sums of what it wrote. */
    Sums sums() throws Exception {
        Await.until(
                "an empty socket",
                () -> waiting() == 0,
                () -> waiting() + " bytes " + Shell.said(log));
        process.destroy();
        Shell.await(process, log);
        List<String> lines =
                Shell.output(folder.getParent(), "nfdump", "-R", folder.toString(), "-o", "csv")
                        .lines()
                        .toList();
        // flows,bytes,packets,avg_bps,avg_pps,avg_bpp below the word Summary.
        String[] sums = lines.get(lines.size() - 1).split(",");
        return new Sums(Long.parseLong(sums[0]), Long.parseLong(sums[2]), Long.parseLong(sums[1]));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Bytes in the receive queue of its socket, as proc(5) tells; -1 before it is bound. */
    private long waiting() {
        String local = String.format(Locale.ROOT, "0100007F:%04X", address.getPort());
        try {
            return Files.readAllLines(Path.of("/proc/net/udp")).stream()
                    .map(line -> line.trim().split(" +"))
                    .filter(row -> row[1].equals(local))
                    .mapToLong(row -> Long.parseLong(row[4].split(":")[1], 16))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException notLinux) {
            throw new AssertionError(notLinux);
        }
    }

    private static int freePort() throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        }
    }
}
