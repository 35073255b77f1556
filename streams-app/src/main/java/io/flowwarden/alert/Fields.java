package io.flowwarden.alert;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The fields of a state, written and read in one order; the first byte is the state's version. */
final class Fields {
    /** Writes or reads one element of a list. */
    interface Write<T> {
        void write(Writer to, T value) throws IOException;
    }

    interface Read<T> {
        T read(Reader from) throws IOException;
    }

    private Fields() {}

    static <T> byte[] encode(int version, T value, Write<T> write) {
        try {
            var bytes = new ByteArrayOutputStream();
            var to = new Writer(new DataOutputStream(bytes));
            to.out.writeByte(version);
            write.write(to, value);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state, or null for null or another version: it is learned anew then. */
    static <T> T decode(int version, byte[] bytes, Read<T> read) {
        if (bytes == null || bytes[0] != version) {
            return null;
        }
        try {
            var in = new DataInputStream(new ByteArrayInputStream(bytes));
            in.readByte();
            return read.read(new Reader(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class Writer {
        private final DataOutputStream out;

        private Writer(DataOutputStream out) {
            this.out = out;
        }

        Writer text(String value) throws IOException {
            out.writeBoolean(value != null);
            if (value != null) {
                out.writeUTF(value);
            }
            return this;
        }

        Writer number(long value) throws IOException {
            out.writeLong(value);
            return this;
        }

        Writer flag(boolean value) throws IOException {
            out.writeBoolean(value);
            return this;
        }

        <T> Writer list(List<T> values, Write<T> write) throws IOException {
            out.writeInt(values.size());
            for (T value : values) {
                write.write(this, value);
            }
            return this;
        }

        Writer texts(List<String> values) throws IOException {
            return list(values, Writer::text);
        }
    }

    static final class Reader {
        private final DataInputStream in;

        private Reader(DataInputStream in) {
            this.in = in;
        }

        String text() throws IOException {
            return in.readBoolean() ? in.readUTF() : null;
        }

        long number() throws IOException {
            return in.readLong();
        }

        boolean flag() throws IOException {
            return in.readBoolean();
        }

        <T> List<T> list(Read<T> read) throws IOException {
            int size = in.readInt();
            var values = new ArrayList<T>(size);
            for (int i = 0; i < size; i++) {
                values.add(read.read(this));
            }
            return values;
        }

        List<String> texts() throws IOException {
            return list(Reader::text);
        }
    }
}
