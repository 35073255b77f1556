package io.flowwarden.parquet;

import io.flowwarden.input.DamagedInput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Walks through what describes the file, a structure in Thrift's compact protocol, and looks at
 * lengths only. The library makes room for as many elements as a list claims: a damaged byte would
 * cost gigabytes. Source: Parquet file format, "File format"; Thrift compact protocol encoding.
 */
final class Footer {
    private static final int MAGIC = 'P' | 'A' << 8 | 'R' << 16 | '1' << 24;
    private static final int LARGEST = 4 << 20;
    private static final int DEEPEST = 32;

    private final ByteBuffer bytes;

    private Footer(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static void check(Path file) throws DamagedInput {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long size = in.length();
            if (size < 12) {
                throw damaged("a file of " + size + " bytes has none");
            }
            ByteBuffer end = read(in, size - 8, 8);
            int length = end.getInt();
            if (end.getInt() != MAGIC) {
                throw damaged("the file does not end with PAR1: it is cut, or still being written");
            }
            if (length < 0 || length > Math.min(size - 12, LARGEST)) {
                throw damaged("its length cannot be " + length);
            }
            new Footer(read(in, size - 8 - length, length)).structure(0);
        } catch (DamagedInput e) {
            throw e;
        } catch (IOException e) {
            throw damaged("cannot be read: " + e.getMessage());
        }
    }

    private static ByteBuffer read(RandomAccessFile in, long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.seek(at);
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void structure(int depth) throws DamagedInput {
        if (depth == DEEPEST) {
            throw damaged("is nested too deep");
        }
        for (int field = u8(); field != 0; field = u8()) {
            if (field >>> 4 == 0) {
                number();
            }
            int type = field & 15;
            // Of a field, true and false are types, and nothing follows.
            if (type > 2) {
                value(type, depth);
            }
        }
    }

    private void value(int type, int depth) throws DamagedInput {
        switch (type) {
            case 1, 2, 3 -> skip(1);
            case 4, 5, 6 -> number();
            case 7 -> skip(8);
            case 8 -> skip(number());
            case 9, 10 -> list(depth);
            case 11 -> map(depth);
            case 12 -> structure(depth + 1);
            default -> throw damaged("has a value of type " + type);
        }
    }

    private void list(int depth) throws DamagedInput {
        int head = u8();
        long count = head >>> 4 == 15 ? number() : head >>> 4;
        has(count);
        for (long i = 0; i < count; i++) {
            value(head & 15, depth + 1);
        }
    }

    private void map(int depth) throws DamagedInput {
        long count = number();
        has(2 * count);
        int types = count == 0 ? 0 : u8();
        for (long i = 0; i < count; i++) {
            value(types >>> 4, depth + 1);
            value(types & 15, depth + 1);
        }
    }

    private int u8() throws DamagedInput {
        has(1);
        return bytes.get() & 255;
    }

    private long number() throws DamagedInput {
        long number = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = u8();
            number |= (long) (b & 127) << shift;
            if (b < 128) {
                return number;
            }
        }
        throw damaged("has a number of more than ten bytes");
    }

    private void skip(long count) throws DamagedInput {
        has(count);
        bytes.position(bytes.position() + (int) count);
    }

    private void has(long count) throws DamagedInput {
        if (count < 0 || count > bytes.remaining()) {
            throw damaged("claims more than its " + bytes.limit() + " bytes");
        }
    }

    private static DamagedInput damaged(String what) {
        return new DamagedInput("footer", what);
    }
}
