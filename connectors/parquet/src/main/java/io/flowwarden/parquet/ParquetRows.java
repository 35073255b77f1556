package io.flowwarden.parquet;

import io.flowwarden.input.DamagedInput;
import io.flowwarden.input.ParquetReader;
import java.io.IOException;
import java.nio.file.Path;

/** The rows of one file, group by group; in memory is one group, as it lies in the file. */
public final class ParquetRows implements ParquetReader {
    @Override
    public void read(Path file, Rows rows) throws IOException {
        Footer.check(file);
        try (var cursor = new Cursor(file)) {
            rows.row(cursor.header());
            for (String row = cursor.next(); row != null; row = cursor.next()) {
                rows.row(row);
            }
        }
    }

    static DamagedInput damaged(String place, Throwable cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new DamagedInput(place, "is no sound Parquet: " + message);
    }
}
