package io.flowwarden.witness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Fields of a state, written and read in one order. */
final class Fields {
    interface Write {
        void to(DataOutputStream out) throws IOException;
    }

    interface Read {
        void from(DataInputStream in) throws IOException;
    }

    private Fields() {}

    static byte[] write(Write fields) {
        try {
            var bytes = new ByteArrayOutputStream(128);
            fields.to(new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    static void read(byte[] bytes, Read fields) {
        try {
            fields.from(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    static String readText(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
