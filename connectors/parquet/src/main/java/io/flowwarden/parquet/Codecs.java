package io.flowwarden.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Decompression without Hadoop and without native code. AWS writes GZIP, Athena also the rest. */
class Codecs implements CompressionCodecFactory {
    /** Bytes of a page; writers make them of one megabyte. All columns have one in memory. */
    static final int LARGEST_PAGE = 8 << 20;

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Page((in, size) -> in);
            case GZIP -> new Page(Codecs::gunzip);
            case SNAPPY -> by(new SnappyDecompressor());
            case ZSTD -> by(new ZstdDecompressor());
            case LZ4_RAW -> by(new Lz4Decompressor());
            default ->
                    throw new UnsupportedOperationException(
                            "compressed with " + codec + ", which is not read");
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("only reads");
    }

    @Override
    public void release() {
        // Nothing is held.
    }

    private static Page by(Decompressor codec) {
        return new Page(
                (in, size) -> {
                    byte[] out = new byte[size];
                    try {
                        int length = codec.decompress(in, 0, in.length, out, 0, size);
                        return Arrays.copyOf(out, length);
                    } catch (MalformedInputException e) {
                        throw new IOException("a damaged page: " + e.getMessage(), e);
                    }
                });
    }

    private static byte[] gunzip(byte[] in, int size) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(in))) {
            byte[] out = gzip.readNBytes(size);
            if (gzip.read() >= 0) {
                throw new IOException("a page is longer than the " + size + " bytes it claims");
            }
            return out;
        }
    }

    private interface Codec {
        byte[] decompress(byte[] in, int size) throws IOException;
    }

    private record Page(Codec codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            if (size < 0 || size > LARGEST_PAGE) {
                throw new IOException(
                        "a page of " + size + " bytes; the largest is " + LARGEST_PAGE);
            }
            byte[] page = codec.decompress(bytes.toByteArray(), size);
            if (page.length != size) {
                throw new IOException("a page of " + page.length + " bytes claims to have " + size);
            }
            return BytesInput.from(page);
        }

        @Override
        public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize) {
            throw new UnsupportedOperationException("asked only for memory outside the heap");
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }
}
