package io.flowwarden.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The fast path: one schema under one known id, one buffer and one encoder for all records. Nothing
 * is looked up per record.
 */
final class FramedEncoder<T> implements RecordEncoder<T> {
    /**
     * A record longer than this gives its buffer back, so that one giant does not stay for ever.
     */
    private static final int KEEP_BYTES = 1 << 20;

    private final String name;
    private final int id;
    private final DatumWriter<T> writer;
    private Frame frame;
    private BinaryEncoder encoder;

    FramedEncoder(Schema schema, int id, GenericData model) {
        this.name = schema.getFullName();
        this.id = id;
        this.writer = Models.writer(schema, model);
        start();
    }

    private void start() {
        frame = new Frame(id);
        encoder = EncoderFactory.get().binaryEncoder(frame, null);
    }

    @Override
    public byte[] encode(T record) {
        if (frame.capacity() > KEEP_BYTES) {
            start();
        }
        frame.rewind();
        try {
            writer.write(record, encoder);
            encoder.flush();
            return frame.toByteArray();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            // What a failed record left in the encoder's own buffer must not lead the next one.
            start();
            throw new SerializationException(
                    "not a valid "
                            + name
                            + ": "
                            + (e.getMessage() == null ? e.toString() : e.getMessage()),
                    e);
        }
    }

    private static final class Frame extends ByteArrayOutputStream {
        Frame(int id) {
            super(256);
            Framing.writeV0(buf, id);
            rewind();
        }

        /** Keeps the head, which is the same for all. */
        void rewind() {
            count = Framing.V0_BYTES;
        }

        int capacity() {
            return buf.length;
        }
    }
}
