package io.flowwarden.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.registry.InProcessRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
    private InProcessRegistry registry;
    private SchemaSerdes serdes;

    @BeforeEach
    void start() throws Exception {
        registry = InProcessRegistry.start();
        serdes = new SchemaSerdes(settings(Map.of("auto.register.schemas", "true")));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void everyTypeComesBackAsItWent() {
        PortRule rule = Samples.rule();
        Serde<PortRule> rules = serdes.values(PortRule.class);
        assertEquals(
                rule,
                rules.deserializer()
                        .deserialize("catalog", rules.serializer().serialize("catalog", rule)));
        Serde<EstateEntry> entries = serdes.values(EstateEntry.class);
        for (EstateEntry entry : Samples.entries()) {
            byte[] data = entries.serializer().serialize("estate", entry);
            assertEquals(entry, entries.deserializer().deserialize("estate", data));
        }
        Serde<JudgedFlow> flows = serdes.values(JudgedFlow.class);
        JudgedFlow judged = Samples.judged();
        assertEquals(
                judged,
                flows.deserializer()
                        .deserialize("flows", flows.serializer().serialize("flows", judged)));
        assertEquals(
                List.of("catalog-value", "estate-value", "flows-value"),
                serdes.registry().subjects());
    }

    @Test
    void encoderWritesWhatTheSerializerWrites() {
        RecordEncoder<Flow> encoder = serdes.encoder("flows-in", Flow.class);
        byte[] expected =
                serdes.values(Flow.class).serializer().serialize("flows-in", Samples.flow());
        assertArrayEquals(expected, encoder.encode(Samples.flow()));
        assertArrayEquals(expected, encoder.encode(Samples.flow()));
    }

    @Test
    void tombstonesPass() {
        Serde<PortRule> serde = serdes.values(PortRule.class);
        assertNull(serde.serializer().serialize("catalog", null));
        assertNull(serde.deserializer().deserialize("catalog", null));
    }

    @Test
    void keysHaveTheirOwnSubject() {
        serdes.keys(Flow.class).serializer().serialize("t", Samples.flow());
        assertEquals(List.of("t-key"), serdes.registry().subjects());
    }

    @Test
    void failedRecordLeavesNothingInTheNextOne() {
        RecordEncoder<Flow> encoder = serdes.encoder("flows-in", Flow.class);
        byte[] expected = encoder.encode(Samples.flow());
        Flow broken = new Flow();
        broken.setSource("netflow/10.1.0.1/0");
        var e = assertThrows(SerializationException.class, () -> encoder.encode(broken));
        assertTrue(e.getMessage().contains("io.flowwarden.schemas.Flow"), e.getMessage());
        assertArrayEquals(expected, encoder.encode(Samples.flow()));
    }

    @Test
    void olderAndNewerWritersAreRead() {
        // An older writer without note, and a newer one with a field this program does not know.
        for (String changed :
                new String[] {
                    "{\"name\": \"purpose\", \"type\": \"string\"}",
                    "{\"name\": \"purpose\", \"type\": \"string\"}, {\"name\": \"owner\", \"type\": \"string\"},"
                            + " {\"name\": \"note\", \"type\": \"string\"}"
                }) {
            Schema writer =
                    new Schema.Parser()
                            .parse(
                                    """
                                    {"type": "record", "name": "PortRule", "namespace": "io.flowwarden.schemas",
                                     "fields": [{"name": "id", "type": "string"}, {"name": "product", "type": "string"},
                                      {"name": "transport", "type": "string"}, {"name": "category", "type": "string"},
                                      %s]}"""
                                            .formatted(changed));
            var builder =
                    new GenericRecordBuilder(writer)
                            .set("id", "a")
                            .set("product", "b")
                            .set("transport", "tcp")
                            .set("category", "time")
                            .set("purpose", "p");
            if (writer.getField("owner") != null) {
                builder.set("owner", "me").set("note", "n");
            }
            AvroSerializer<GenericRecord> foreign = new AvroSerializer<>();
            foreign.configure(settings(Map.of("auto.register.schemas", true)), false);
            byte[] data = foreign.serialize("other" + writer.getFields().size(), builder.build());
            PortRule rule =
                    serdes.values(PortRule.class).deserializer().deserialize("catalog", data);
            assertEquals("a", rule.getId());
            assertEquals("p", rule.getPurpose());
            assertEquals(writer.getField("note") == null ? "" : "n", rule.getNote());
            assertNull(rule.getPortFrom());
        }
    }

    @Test
    void byClassNameItReadsGenericOrSpecificRecords() {
        byte[] data =
                serdes.values(PortRule.class).serializer().serialize("catalog", Samples.rule());
        AvroDeserializer<Object> generic = new AvroDeserializer<>();
        generic.configure(settings(Map.of()), false);
        GenericRecord record = (GenericRecord) generic.deserialize("catalog", data);
        assertEquals(Samples.rule().getId(), record.get("id").toString());
        AvroDeserializer<Object> specific = new AvroDeserializer<>();
        specific.configure(settings(Map.of("specific.avro.reader", true)), false);
        assertEquals(Samples.rule(), specific.deserialize("catalog", data));
    }

    @Test
    void guidsAreReadInFrontAndInTheHeader() {
        Serde<PortRule> serde = serdes.values(PortRule.class);
        byte[] v0 = serde.serializer().serialize("catalog", Samples.rule());
        UUID guid = UUID.nameUUIDFromBytes(utf8(registered("catalog-value")));
        byte[] ref =
                ByteBuffer.allocate(17)
                        .put((byte) 1)
                        .putLong(guid.getMostSignificantBits())
                        .putLong(guid.getLeastSignificantBits())
                        .array();
        byte[] avro = java.util.Arrays.copyOfRange(v0, 5, v0.length);
        byte[] inFront = ByteBuffer.allocate(17 + avro.length).put(ref).put(avro).array();
        assertEquals(Samples.rule(), serde.deserializer().deserialize("catalog", inFront));
        var headers = new RecordHeaders().add("__value_schema_id", ref);
        assertEquals(Samples.rule(), serde.deserializer().deserialize("catalog", headers, avro));
    }

    @Test
    void schemaMustBeRegisteredUnlessToldOtherwise() {
        var strict = new SchemaSerdes(settings(Map.of()));
        var e =
                assertThrows(
                        SerializationException.class,
                        () -> strict.encoder("catalog", PortRule.class));
        assertTrue(
                e.getMessage().contains("catalog-value")
                        && e.getMessage().contains("auto.register.schemas"),
                e.getMessage());
        serdes.encoder("catalog", PortRule.class);
        strict.encoder("catalog", PortRule.class);
    }

    @Test
    void latestVersionMustGiveTheSameBytes() {
        var latest = new SchemaSerdes(settings(Map.of("use.latest.version", true)));
        Schema documented =
                new Schema.Parser()
                        .parse(
                                PortRule.getClassSchema()
                                        .toString()
                                        .replace("One rule of", "Any rule of"));
        serdes.encoder("catalog", PortRule.class);
        int id = serdes.registry().register("catalog-value", documented);
        byte[] data = latest.encoder("catalog", PortRule.class).encode(Samples.rule());
        assertEquals(id, ByteBuffer.wrap(data).getInt(1));
        serdes.registry().register("estate-value", EstateEntry.getClassSchema());
        var e =
                assertThrows(
                        SerializationException.class,
                        () -> latest.encoder("estate", PortRule.class));
        assertTrue(e.getMessage().contains("version 1 of estate-value"), e.getMessage());
    }

    @Test
    void damagedRecordsAreRefusedAtEveryLength() {
        Serde<JudgedFlow> serde = serdes.values(JudgedFlow.class);
        byte[] data = serde.serializer().serialize("flows", Samples.judged());
        for (int length = 0; length < data.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(data, length);
            assertThrows(
                    SerializationException.class,
                    () -> serde.deserializer().deserialize("flows", cut));
        }
        byte[] longer = java.util.Arrays.copyOf(data, data.length + 1);
        var e =
                assertThrows(
                        SerializationException.class,
                        () -> serde.deserializer().deserialize("flows", longer));
        assertTrue(e.getMessage().contains("left over"), e.getMessage());
        assertEquals(Samples.judged(), serde.deserializer().deserialize("flows", data));
    }

    @Test
    void randomBytesNeverDoMoreThanThrowSerializationException() {
        Serde<JudgedFlow> serde = serdes.values(JudgedFlow.class);
        byte[] data = serde.serializer().serialize("flows", Samples.judged());
        var random = new java.util.Random(7);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = data.clone();
            for (int k = random.nextInt(6); k >= 0; k--) {
                bad[5 + random.nextInt(bad.length - 5)] = (byte) random.nextInt();
            }
            try {
                serde.deserializer().deserialize("flows", bad);
            } catch (SerializationException e) {
                refused++;
            }
        }
        assertTrue(refused > 1000, "refused " + refused);
    }

    @Test
    void statedLengthsAllocateNothing() {
        Serde<Flow> serde = serdes.values(Flow.class);
        int id =
                ByteBuffer.wrap(serde.serializer().serialize("flows-in", Samples.flow())).getInt(1);
        // source: a string of 2^30 bytes, of which none follow.
        byte[] liar =
                ByteBuffer.allocate(10)
                        .put((byte) 0)
                        .putInt(id)
                        .put(new byte[] {-128, -128, -128, -128, 8})
                        .array();
        assertThrows(
                SerializationException.class,
                () -> serde.deserializer().deserialize("flows-in", liar));
    }

    @Test
    void oneSerdeServesManyThreadsTopicsAndTypes() {
        AvroSerializer<Object> serializer = new AvroSerializer<>();
        serializer.configure(settings(Map.of("auto.register.schemas", true)), false);
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(settings(Map.of("specific.avro.reader", true)), false);
        List<Object> records =
                List.of(Samples.flow(), Samples.judged(), Samples.rule(), Samples.entries().get(1));
        long wrong =
                IntStream.range(0, 8_000)
                        .parallel()
                        .filter(
                                i -> {
                                    Object record = records.get(i % 4);
                                    String topic = "t" + i % 4 + i % 3;
                                    byte[] data = serializer.serialize(topic, record);
                                    return !record.equals(deserializer.deserialize(topic, data));
                                })
                        .count();
        assertEquals(0, wrong);
    }

    @Test
    void registeredSchemaSaysNothingOfJava() {
        serdes.encoder("flows", JudgedFlow.class);
        assertTrue(!registered("flows-value").contains("avro.java.string"));
    }

    private String registered(String subject) {
        return serdes.registry().latest(subject).schema().toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        var settings = new java.util.HashMap<String, Object>(more);
        settings.put("schema.registry.url", registry.url());
        return settings;
    }
}
