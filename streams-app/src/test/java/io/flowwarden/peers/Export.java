package io.flowwarden.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One exporter at work: it sends to us, we hand on to live and nfdump. */
final class Export implements AutoCloseable {
    private final Exporter exporter;
    private final String address;
    private final Path folder;
    private final Nfdump nfdump;
    private final Tee tee;
    private final Process process;
    private List<byte[]> datagrams;

    /**
     * Starts it.
     *
     * @param address loopback address that makes it a source of its own
     * @param folder for files
     * @param live where live listens
     */
    Export(Exporter exporter, String address, Path folder, Path capture, InetSocketAddress live)
            throws IOException {
        this.exporter = exporter;
        this.address = address;
        this.folder = folder;
        nfdump =
                Nfdump.start(exporter.collector(), Files.createDirectory(folder.resolve("nfdump")));
        tee = new Tee(address, List.of(live, nfdump.address()));
        process = Shell.start(log(), exporter.command().of(capture, folder, tee.address()));
    }

    Exporter exporter() {
        return exporter;
    }

    /** What makes it known to live. */
    String address() {
        return address;
    }

    /** Waits for its end; how many datagrams it sent. */
    long finish() throws IOException, InterruptedException {
        // Its status says nothing: pmacctd's is 1 if its plugin is done before itself.
        Shell.await(process, log());
        Path sent = folder.resolve(Exporter.SENT);
        if (Files.exists(sent)) {
            for (byte[] each : Capture.datagrams(sent)) {
                tee.send(each);
            }
        }
        datagrams = tee.all();
        if (datagrams.isEmpty()) {
            throw new AssertionError(exporter.name() + " sent nothing: " + Shell.said(log()));
        }
        return datagrams.size();
    }

    Sums nfdump() throws Exception {
        return nfdump.sums();
    }

    Sums tshark() throws Exception {
        Path file = folder.resolve("export.pcap");
        Tee.write(file, datagrams, 1_000_000);
        return exporter.tshark(file);
    }

    private Path log() {
        return folder.resolve("exporter.log");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        nfdump.close();
        tee.close();
    }
}
