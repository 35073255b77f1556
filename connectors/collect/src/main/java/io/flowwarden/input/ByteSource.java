package io.flowwarden.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stream that can look ahead and knows its offset. What follows a read error cannot be read
 * either, so an error is the end of the stream; {@link #damage} then says what happened.
 */
final class ByteSource implements Closeable {
    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long offset;
    private boolean ended;
    private DamagedInput damage;

    ByteSource(InputStream in) {
        this(in, 0);
    }

    /**
     * @param offset of the first byte
     */
    ByteSource(InputStream in, long offset) {
        this.in = in;
        this.offset = offset;
    }

    /**
     * Makes bytes available without consuming them.
     *
     * @return how many of the wanted ones there are; fewer only at the end
     */
    int fill(int wanted) {
        while (to - from < wanted && !ended) {
            makeRoom(wanted);
            int read = -1;
            try {
                read = in.read(buffer, to, buffer.length - to);
            } catch (DamagedInput e) {
                damage = e;
            } catch (IOException e) {
                damage = DamagedInput.at(offset + to - from, "cannot be read: " + e.getMessage());
            }
            if (read < 0) {
                ended = true;
            } else {
                to += read;
            }
        }
        return Math.min(wanted, to - from);
    }

    /** Consumes bytes that {@link #fill} has made available. */
    void skip(int count) {
        from += count;
        offset += count;
    }

    /** Holds the available bytes, the next one at {@link #position}; valid until the next fill. */
    byte[] buffer() {
        return buffer;
    }

    int position() {
        return from;
    }

    /** Bytes available right now. */
    int available() {
        return to - from;
    }

    /** How many bytes were consumed. */
    long offset() {
        return offset;
    }

    int u8(int at) {
        return buffer[from + at] & 255;
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    /** Copy of available bytes. */
    byte[] copy(int at, int length) {
        return Arrays.copyOfRange(buffer, from + at, from + at + length);
    }

    /** What ended the stream before its end, or null. */
    DamagedInput damage() {
        return damage;
    }

    /** The bytes from here on as a stream. */
    InputStream asStream() {
        return new InputStream() {
            @Override
            public int read() {
                if (fill(1) == 0) {
                    return -1;
                }
                int next = u8(0);
                ByteSource.this.skip(1);
                return next;
            }

            @Override
            public int read(byte[] target, int at, int length) {
                if (length == 0) {
                    return 0;
                }
                if (fill(1) == 0) {
                    return -1;
                }
                int count = Math.min(length, to - from);
                System.arraycopy(buffer, from, target, at, count);
                ByteSource.this.skip(count);
                return count;
            }
        };
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void makeRoom(int wanted) {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (wanted > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(wanted, buffer.length * 2));
        }
    }
}
