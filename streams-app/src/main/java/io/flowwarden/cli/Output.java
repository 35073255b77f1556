package io.flowwarden.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output: data and nothing else. {@code System.out} swallows errors; this does not, so
 * that a closed pipe ends the command.
 */
final class Output implements Closeable {
    private static final JsonFactory JSON =
            new JsonFactoryBuilder()
                    .rootValueSeparator("")
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .build();

    /** Writes one JSON object. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private final OutputStream out;
    private final JsonGenerator json;

    Output(OutputStream target) throws IOException {
        this.out = new BufferedOutputStream(new Pipe(target), 1 << 16);
        this.json = JSON.createGenerator(out);
    }

    static Output standard() throws IOException {
        return new Output(new FileOutputStream(FileDescriptor.out));
    }

    /** One object on a line of its own. */
    void json(Body body) throws IOException {
        body.write(json);
        json.writeRaw('\n');
    }

    void line(String text) throws IOException {
        json.flush();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    /** Shows what is buffered. */
    void flush() throws IOException {
        json.flush();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    private static final class Pipe extends FilterOutputStream {
        Pipe(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int at, int length) throws IOException {
            try {
                out.write(bytes, at, length);
            } catch (IOException e) {
                throw new OutputGone(e);
            }
        }
    }
}
