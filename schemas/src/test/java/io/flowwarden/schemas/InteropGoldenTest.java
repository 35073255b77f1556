package io.flowwarden.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goldens of {@link JsInteropIT}, without its peers. They keep the schema that was written with, so
 * a field that is added later, with its default, leaves them true, and so does a sample behind the
 * others.
 */
final class InteropGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();

    static List<Class<? extends SpecificRecord>> types() {
        return List.copyOf(Samples.byType().keySet());
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void weReadWhatOtherClientsWrote(Class<T> type) throws IOException {
        InteropGolden golden = InteropGolden.read(type);
        try (var registry = new OneSchema(golden.schema())) {
            var deserializer = registry.serdes().values(type).deserializer();
            eachSample(
                    golden,
                    type,
                    (record, sample) ->
                            sample.clients()
                                    .forEach(
                                            (name, client) ->
                                                    assertEquals(
                                                            record,
                                                            deserializer.deserialize(
                                                                    "t", bytes(client.bytes())),
                                                            name)));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void weWriteTheBytesThatOtherClientsRead(Class<? extends SpecificRecord> type)
            throws IOException {
        InteropGolden golden = InteropGolden.read(type);
        var schema = new Schema.Parser().parse(golden.schema().toString());
        eachSample(
                golden,
                type,
                (record, sample) -> {
                    byte[] ours = bytes(sample.ours());
                    GenericRecord written = underSchema(record, schema);
                    var encoder =
                            new FramedEncoder<GenericRecord>(schema, id(ours), GenericData.get());
                    assertEquals(sample.ours(), HEX.formatHex(encoder.encode(written)));
                    sample.clients()
                            .forEach(
                                    (name, client) ->
                                            assertEquals(json(written), client.decoded(), name));
                });
    }

    private interface Check {
        void of(SpecificRecord record, InteropGolden.Sample sample);
    }

    private static void eachSample(InteropGolden golden, Class<?> type, Check check) {
        List<? extends SpecificRecord> records = Samples.byType().get(type);
        assertTrue(!golden.samples().isEmpty() && golden.samples().size() <= records.size());
        for (int i = 0; i < golden.samples().size(); i++) {
            check.of(records.get(i), golden.samples().get(i));
        }
    }

    /** The same record with the fields of another schema, matched by name. */
    private static GenericRecord underSchema(SpecificRecord record, Schema schema) {
        try {
            var bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            Models.writer(record.getSchema(), Models.of(record)).write(record, encoder);
            return Models.<GenericRecord>reader(record.getSchema(), schema, GenericData.get())
                    .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As JavaScript's Avro shows it: a branch of a union is named only where it must be. */
    private static JsonNode json(Object datum) {
        if (datum instanceof GenericRecord record) {
            ObjectNode object = JSON.createObjectNode();
            for (Schema.Field field : record.getSchema().getFields()) {
                object.set(field.name(), field(field.schema(), record.get(field.pos())));
            }
            return object;
        }
        if (datum instanceof Collection<?> items) {
            ArrayNode array = JSON.createArrayNode();
            items.forEach(item -> array.add(json(item)));
            return array;
        }
        if (datum instanceof Map<?, ?> map) {
            ObjectNode object = JSON.createObjectNode();
            map.forEach((key, value) -> object.set(key.toString(), json(value)));
            return object;
        }
        if (datum instanceof Double number && number == Math.rint(number)) {
            return json(number.longValue()); // JavaScript has one kind of number
        }
        // By way of text: an int and a long of the same value are one number there.
        try {
            return JSON.readTree(
                    JSON.writeValueAsString(
                            datum instanceof CharSequence text ? text.toString() : datum));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode field(Schema schema, Object datum) {
        boolean records =
                schema.isUnion()
                        && schema.getTypes().stream()
                                        .filter(branch -> branch.getType() == Schema.Type.RECORD)
                                        .count()
                                > 1;
        return records
                ? JSON.createObjectNode()
                        .set(((GenericRecord) datum).getSchema().getFullName(), json(datum))
                : json(datum);
    }

    private static int id(byte[] framed) {
        return ByteBuffer.wrap(framed).getInt(1);
    }

    private static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }

    /** A registry that knows one schema, under every id. */
    private static final class OneSchema implements AutoCloseable {
        private final HttpServer server;

        OneSchema(JsonNode schema) throws IOException {
            byte[] answer =
                    JSON.writeValueAsBytes(
                            JSON.createObjectNode().put("schema", schema.toString()));
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/schemas/ids/",
                    exchange -> {
                        exchange.sendResponseHeaders(200, answer.length);
                        exchange.getResponseBody().write(answer);
                        exchange.close();
                    });
            server.start();
        }

        SchemaSerdes serdes() {
            return new SchemaSerdes(
                    Map.of(
                            "schema.registry.url",
                            "http://127.0.0.1:" + server.getAddress().getPort()));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
