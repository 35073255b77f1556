package io.flowwarden.schemas;

import io.flowwarden.schemas.registry.SchemaRef;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Confluent's wire format. V0: byte 0, schema id as 4 bytes big-endian, Avro binary. V1: byte 1,
 * GUID of 16 bytes; in front of the Avro binary, or in a header and the Avro binary alone is the
 * value. We write V0 and read both.
 *
 * @param offset where the Avro binary starts
 */
record Framing(SchemaRef ref, int offset) {
    static final int V0_BYTES = 5;
    static final int V1_BYTES = 17;
    static final String KEY_HEADER = "__key_schema_id";
    static final String VALUE_HEADER = "__value_schema_id";

    private static final byte V0 = 0;
    private static final byte V1 = 1;

    static void writeV0(byte[] to, int id) {
        to[0] = V0;
        ByteBuffer.wrap(to).putInt(1, id);
    }

    /**
     * @param headers null where there are none
     * @throws SerializationException saying what was found instead
     */
    static Framing read(Headers headers, byte[] data, boolean key) {
        if (headers != null) {
            String name = key ? KEY_HEADER : VALUE_HEADER;
            Header header = headers.lastHeader(name);
            if (header != null && header.value() != null) {
                return new Framing(ref(header.value(), "header " + name), 0);
            }
        }
        SchemaRef ref = ref(data, "record");
        return new Framing(ref, ref instanceof SchemaRef.Id ? V0_BYTES : V1_BYTES);
    }

    private static SchemaRef ref(byte[] data, String what) {
        if (data.length == 0) {
            throw new SerializationException(what + " is empty, not Confluent-framed Avro");
        }
        int needed = data[0] == V0 ? V0_BYTES : V1_BYTES;
        if ((data[0] != V0 && data[0] != V1) || data.length < needed) {
            throw new SerializationException(
                    String.format(
                            "%s of %d bytes starts with 0x%02x, not Confluent-framed Avro: 0x00 and a 4-byte schema id,"
                                    + " or 0x01 and a 16-byte GUID",
                            what, data.length, data[0]));
        }
        ByteBuffer bytes = ByteBuffer.wrap(data, 1, needed - 1);
        return data[0] == V0
                ? new SchemaRef.Id(bytes.getInt())
                : new SchemaRef.Guid(new UUID(bytes.getLong(), bytes.getLong()));
    }
}
