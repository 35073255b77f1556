package io.flowwarden.input;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * AWS VPC flow logs as Parquet: each row becomes the line that the same log has as text. What
 * describes the file stands at its end, so it is copied to a temporary file first.
 */
final class ParquetLog {
    static final String NO_READER =
            "is a Parquet file, and what reads those is not installed: unzip"
                    + " flowwarden-parquet-VERSION.zip into the folder of this plugin";

    private static final long MAGIC = 0x50415231; // PAR1

    private static final int QUOTED = 200;

    private final LogChunks chunks;
    private long rows;

    private ParquetLog(LogChunks chunks) {
        this.chunks = chunks;
    }

    static boolean startsAt(ByteSource in) {
        return in.fill(4) == 4 && in.u32(0) == MAGIC;
    }

    /** What reads Parquet, if it is installed. */
    static Optional<ParquetReader> reader() {
        // That of the plugin, not that of the worker's thread.
        ClassLoader loader = ParquetReader.class.getClassLoader();
        return ServiceLoader.load(ParquetReader.class, loader).findFirst();
    }

    /** Reads to the end; where the bytes end early, {@link ByteSource#damage} says so. */
    static void read(ByteSource in, ParquetReader reader, LogChunks chunks) throws IOException {
        Path copy = Files.createTempFile("flowwarden", ".parquet");
        try {
            try (OutputStream out = Files.newOutputStream(copy)) {
                in.asStream().transferTo(out);
            }
            if (in.damage() == null) {
                var log = new ParquetLog(chunks);
                reader.read(copy, log::line);
            }
        } finally {
            try {
                chunks.finish();
            } finally {
                Files.delete(copy);
            }
        }
    }

    private void line(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (rows == 0 && !AwsFields.isHeader(bytes, 0, bytes.length)) {
            boolean all = line.length() <= QUOTED;
            throw new DamagedInput(
                    "schema",
                    "its columns are no flow log's: "
                            + (all ? line : line.substring(0, QUOTED) + "..."));
        }
        if (!chunks.line(bytes, 0, bytes.length)) {
            throw new DamagedInput("row " + rows, "is longer than " + LogChunks.MAX_CHUNK);
        }
        rows++;
    }
}
