package io.flowwarden.parquet;

import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes Parquet files as AWS delivers them, and others. */
final class Fixture {
    /** Types as in "Flow log files" of the Amazon VPC User Guide, "Parquet". */
    static final String AWS =
            """
            message flow_log {
              optional int32 version;
              optional binary account_id (STRING);
              optional binary interface_id (STRING);
              optional binary srcaddr (STRING);
              optional binary dstaddr (STRING);
              optional int32 srcport;
              optional int32 dstport;
              optional int32 protocol;
              optional int64 packets;
              optional int64 bytes;
              optional int64 start;
              optional int64 end;
              optional binary action (STRING);
              optional binary log_status (STRING);
            }
            """;

    private final MessageType schema;
    private CompressionCodecName codec = CompressionCodecName.GZIP;
    private long groupBytes = ParquetWriter.DEFAULT_BLOCK_SIZE;

    Fixture(String schema) {
        this.schema = MessageTypeParser.parseMessageType(schema);
    }

    Fixture codec(CompressionCodecName name) {
        codec = name;
        return this;
    }

    /** Size of a row group; small ones make several of few rows. */
    Fixture groups(long bytes) {
        groupBytes = bytes;
        return this;
    }

    /** Each row is values separated by blanks; a dash is absent. */
    Path write(Path file, Iterable<String> rows) throws IOException {
        var config = new PlainParquetConfiguration();
        try (ParquetWriter<Group> out =
                ExampleParquetWriter.builder(new LocalOutputFile(file))
                        .withConf(config)
                        .withType(schema)
                        .withWriteMode(Mode.OVERWRITE)
                        .withCodecFactory(new Compressing())
                        .withCompressionCodec(codec)
                        .withRowGroupSize(groupBytes)
                        .withPageSize(groupBytes < 10_000 ? 512 : ParquetWriter.DEFAULT_PAGE_SIZE)
                        .build()) {
            for (String row : rows) {
                out.write(group(row.split(" ")));
            }
        }
        return file;
    }

    private Group group(String[] values) {
        var group = new SimpleGroup(schema);
        for (int i = 0; i < values.length; i++) {
            if (values[i].equals("-")) {
                continue;
            }
            switch (schema.getType(i).asPrimitiveType().getPrimitiveTypeName()) {
                case INT32 -> group.add(i, Integer.parseInt(values[i]));
                case INT64 -> group.add(i, Long.parseLong(values[i]));
                case DOUBLE -> group.add(i, Double.parseDouble(values[i]));
                case BINARY -> group.add(i, values[i].replace('~', ' '));
                default -> throw new IllegalArgumentException(schema.getType(i).toString());
            }
        }
        return group;
    }

    private static final class Compressing extends Codecs {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName name) {
            return new BytesInputCompressor() {
                @Override
                public BytesInput compress(BytesInput bytes) throws IOException {
                    byte[] in = bytes.toByteArray();
                    return BytesInput.from(
                            switch (name) {
                                case UNCOMPRESSED -> in;
                                case GZIP -> gzip(in);
                                case SNAPPY -> by(new SnappyCompressor(), in);
                                case ZSTD -> by(new ZstdCompressor(), in);
                                case LZ4_RAW -> by(new Lz4Compressor(), in);
                                default -> throw new IllegalArgumentException(name.toString());
                            });
                }

                @Override
                public CompressionCodecName getCodecName() {
                    return name;
                }

                @Override
                public void release() {
                    // Nothing is held.
                }
            };
        }

        private static byte[] by(Compressor codec, byte[] in) {
            byte[] out = new byte[codec.maxCompressedLength(in.length)];
            return Arrays.copyOf(out, codec.compress(in, 0, in.length, out, 0, out.length));
        }

        private static byte[] gzip(byte[] in) throws IOException {
            var out = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(out)) {
                gzip.write(in);
            }
            return out.toByteArray();
        }
    }
}
