package io.flowwarden.input;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads the rows of a Parquet file as lines of text. Found by {@link java.util.ServiceLoader},
 * because its libraries weigh more than everything else that a collector needs.
 */
public interface ParquetReader {
    /** Takes a line without its end; the first one names the columns. */
    interface Rows {
        void row(String line) throws IOException;
    }

    /**
     * Reads the whole file, in its order. Values are separated by a blank; one that is absent is a
     * dash.
     *
     * @throws DamagedInput where the file cannot be read on
     * @throws IOException of the rows only
     */
    void read(Path file, Rows rows) throws IOException;
}
