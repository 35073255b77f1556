package io.flowwarden.parquet;

import io.flowwarden.input.DamagedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Goes through the rows; whatever the library says of a file that is not sound is its damage. */
final class Cursor implements AutoCloseable {
    /** Bytes. AWS's objects are of 75 MB at most, and groups of 128 MB are the usual largest. */
    private static final long LARGEST_GROUP = 128 << 20;

    private final ParquetFileReader file;
    private final MessageType columns;
    private final MessageColumnIO io;
    private final long size;
    private RecordReader<String> group;
    private long left;
    private int groups;
    private long rows;

    Cursor(Path path) throws DamagedInput {
        ParquetFileReader opened = null;
        try {
            size = Files.size(path);
            opened =
                    ParquetFileReader.open(
                            new LocalInputFile(path),
                            ParquetReadOptions.builder(new PlainParquetConfiguration())
                                    .withCodecFactory(new Codecs())
                                    .usePageChecksumVerification()
                                    .build());
            file = opened;
            MessageType all = file.getFileMetaData().getSchema();
            columns = new MessageType(all.getName(), flat(all));
            file.setRequestedSchema(columns);
            io = new ColumnIOFactory().getColumnIO(columns, all);
        } catch (IOException | RuntimeException e) {
            close(opened);
            throw ParquetRows.damaged("footer", e);
        }
    }

    /** A row of text has no room for lists and structures; no field of a flow log is one. */
    private static List<Type> flat(MessageType schema) {
        return schema.getFields().stream()
                .filter(
                        field ->
                                field.isPrimitive()
                                        && !field.isRepetition(Type.Repetition.REPEATED))
                .toList();
    }

    /** Names of the columns. */
    String header() {
        return String.join(" ", columns.getFields().stream().map(Type::getName).toList());
    }

    /** The next row, or null behind the last. */
    String next() throws DamagedInput {
        try {
            while (left == 0) {
                if (groups == file.getRowGroups().size()) {
                    return null;
                }
                open(file.getRowGroups().get(groups++));
            }
            left--;
            rows++;
            return group.read();
        } catch (DamagedInput e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ParquetRows.damaged("row " + rows, e);
        }
    }

    private void open(BlockMetaData block) throws IOException {
        long bytes = 0;
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            long of = chunk.getTotalSize();
            if (of < 0 || chunk.getStartingPos() < 0 || of > size - chunk.getStartingPos()) {
                throw new IOException("column " + chunk.getPath() + " is not within the file");
            }
            bytes += of;
        }
        if (bytes > LARGEST_GROUP) {
            throw new IOException(
                    "a row group of " + bytes + " bytes; the largest is " + LARGEST_GROUP);
        }
        PageReadStore pages = file.readNextRowGroup();
        group = io.getRecordReader(new SoundPages(pages), new RowText(columns));
        left = block.getRowCount();
    }

    @Override
    public void close() {
        close(file);
    }

    private static void close(ParquetFileReader file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException | RuntimeException e) {
            // It was only read.
            return;
        }
    }
}
