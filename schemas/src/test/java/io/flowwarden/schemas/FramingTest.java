package io.flowwarden.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.registry.SchemaRef;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class FramingTest {
    private static final UUID GUID = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
    private static final String GUID_HEX = "01" + "89791762233641869674299b90a802e2";

    private final Schema schema =
            new Schema.Parser()
                    .parse(
                            """
                            {"type": "record", "name": "R", "fields": [
                              {"name": "src", "type": "string"}, {"name": "bytes", "type": "long"}]}""");

    @Test
    void goldenBytes() {
        var record =
                new GenericRecordBuilder(schema).set("src", "10.0.0.1").set("bytes", 42L).build();
        byte[] framed = new FramedEncoder<>(schema, 1, GenericData.get()).encode(record);
        assertEquals("00000000011031302e302e302e3154", HexFormat.of().formatHex(framed));
    }

    @Test
    void idIsBigEndianAndMayBeNegative() {
        byte[] head = new byte[Framing.V0_BYTES];
        Framing.writeV0(head, 0x81020304);
        assertArrayEquals(new byte[] {0, (byte) 0x81, 2, 3, 4}, head);
        assertEquals(new Framing(new SchemaRef.Id(0x81020304), 5), Framing.read(null, head, false));
    }

    @Test
    void guidMayStandInFrontOrInTheHeaderOfKeyOrValue() {
        byte[] guid = HexFormat.of().parseHex(GUID_HEX);
        assertEquals(new Framing(new SchemaRef.Guid(GUID), 17), Framing.read(null, guid, false));
        var headers = new RecordHeaders().add("__value_schema_id", guid);
        assertEquals(
                new Framing(new SchemaRef.Guid(GUID), 0),
                Framing.read(headers, new byte[] {7}, false));
        headers = new RecordHeaders().add("__key_schema_id", guid);
        assertEquals(
                new Framing(new SchemaRef.Guid(GUID), 0), Framing.read(headers, new byte[0], true));
        byte[] v0 = {0, 0, 0, 0, 9};
        assertEquals(new Framing(new SchemaRef.Id(9), 5), Framing.read(headers, v0, false));
    }

    @Test
    void otherBytesAreRefusedWithWhatWasFound() {
        for (String hex :
                new String[] {
                    "", "00", "00000001", "7b2261223a317d", "02000000010a", GUID_HEX.substring(2)
                }) {
            byte[] data = HexFormat.of().parseHex(hex);
            var e =
                    assertThrows(
                            SerializationException.class, () -> Framing.read(null, data, false));
            assertTrue(e.getMessage().contains("not Confluent-framed Avro"), e.getMessage());
        }
        byte[] json = "{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var e = assertThrows(SerializationException.class, () -> Framing.read(null, json, false));
        assertTrue(e.getMessage().contains("0x7b"), e.getMessage());
    }
}
