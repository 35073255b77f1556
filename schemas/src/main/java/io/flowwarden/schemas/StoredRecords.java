package io.flowwarden.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records of one type in an application's own state, under the fingerprint of their schema (Avro
 * specification, "Single object encoding"): no registry is asked.
 */
public final class StoredRecords<T extends SpecificRecord> {
    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;

    public StoredRecords(Class<T> type) {
        SpecificData model = Models.specific(type);
        Schema schema = model.getSchema(type);
        encoder = new BinaryMessageEncoder<>(model, schema);
        decoder = new BinaryMessageDecoder<>(model, schema);
    }

    public ByteBuffer write(T record) {
        try {
            return encoder.encode(record);
        } catch (IOException e) {
            throw new AvroRuntimeException(e);
        }
    }

    /** The record, or null where another version of its schema wrote it. */
    public T read(ByteBuffer from) {
        try {
            return decoder.decode(from);
        } catch (IOException | AvroRuntimeException e) {
            return null;
        }
    }
}
