package io.flowwarden.input;

import io.flowwarden.raw.RawSink;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns inputs (a file, a directory, {@code -} for standard input) into raw records, as a collector
 * would have written them. Formats are told apart by content; memory is bounded whatever the
 * input's size. What is damaged is noted in the tally and reading goes on with the next file.
 */
public final class InputReader {
    private final InputFormat format;
    private final String exporter;
    private final InputStream standardInput;
    private final ReadTally tally = new ReadTally();
    private volatile long bytesRead;

    /**
     * @param format what every input is, or null to tell by content
     * @param exporter address of the exporter of bare datagrams in canonical text, or null
     * @param standardInput what {@code -} reads
     */
    public InputReader(InputFormat format, String exporter, InputStream standardInput) {
        this.format = format;
        this.exporter = exporter;
        this.standardInput = standardInput;
    }

    /** What the inputs read so far came to. */
    public ReadTally tally() {
        return tally;
    }

    /**
     * Bytes taken from files so far, compressed ones as they are; for progress, from any thread.
     */
    public long bytesRead() {
        return bytesRead;
    }

    /** Sum of the sizes of all files of the inputs; 0 for what has none. */
    public static long size(List<String> inputs) {
        long sum = 0;
        for (String input : inputs) {
            try {
                for (Path file : files(Path.of(input))) {
                    sum += Files.size(file);
                }
            } catch (IOException | RuntimeException e) {
                // Only the length of a progress bar; reading will say what is wrong.
                continue;
            }
        }
        return sum;
    }

    /**
     * Reads one input to its end.
     *
     * @param input path of a file or directory, or {@code -}
     * @throws IOException only from the sink
     */
    public void read(String input, RawSink sink) throws IOException {
        if (input.equals("-")) {
            read(input, standardInput, sink, false);
            return;
        }
        Path path = Path.of(input);
        if (!Files.isDirectory(path)) {
            read(path, sink, false);
            return;
        }
        List<Path> files;
        try {
            files = files(path);
        } catch (IOException e) {
            tally.damaged(new Damage(input, "directory", "cannot be listed: " + e.getMessage()));
            return;
        }
        for (Path file : files) {
            read(file, sink, true);
        }
    }

    /** A directory's files by name, recursively; a file is itself. */
    private static List<Path> files(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !Files.isDirectory(file))
                    .sorted()
                    .toList();
        }
    }

    private void read(Path file, RawSink sink, boolean found) throws IOException {
        InputStream in;
        try {
            in = Files.newInputStream(file);
        } catch (IOException e) {
            String reason = Files.exists(file) ? "cannot be opened" : "there is no such file";
            tally.opened();
            tally.damaged(new Damage(file.toString(), "file", reason));
            return;
        }
        try (in) {
            read(file.toString(), in, sink, found);
        }
    }

    private void read(String name, InputStream stream, RawSink sink, boolean found)
            throws IOException {
        var file = new ByteSource(new Counted(new BufferedInputStream(stream, 1 << 16)));
        var gzip = GzipMembers.startsAt(file) ? new ByteSource(new GzipMembers(file)) : null;
        ByteSource in = gzip == null ? file : gzip;
        int unknown = tally.unknownFiles().size();
        RawSink counting =
                raw -> {
                    tally.handedOn(name);
                    sink.accept(raw);
                };
        DamagedInput damage = null;
        try {
            new InputFile(name, in, format, exporter, counting, tally, found).read();
        } catch (DamagedInput e) {
            damage = e;
        }
        // The source's own damage is the cause of what its reader ran into.
        if (in.damage() != null) {
            damage = in.damage();
        }
        if (damage != null) {
            tally.damaged(damage.in(name));
        }
        if (tally.unknownFiles().size() == unknown) {
            tally.opened();
        }
        if (gzip != null) {
            gzip.close();
        }
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int at, int length) throws IOException {
            int count = super.read(target, at, length);
            bytesRead += Math.max(0, count);
            return count;
        }
    }
}
