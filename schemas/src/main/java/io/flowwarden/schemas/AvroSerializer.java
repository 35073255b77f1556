package io.flowwarden.schemas;

import io.flowwarden.schemas.registry.RegistryClient;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Generated and generic records to Confluent-framed Avro. Thread-safe, as a producer needs it. */
public final class AvroSerializer<T> implements Serializer<T> {
    private RegistryClient registry;
    private SchemaIds ids;
    private boolean key;

    /** The last topic and schema with their encoder: a serializer seldom sees a second one. */
    private final ThreadLocal<Last> last = new ThreadLocal<>();

    private record Last(String topic, Schema schema, FramedEncoder<Object> encoder) {}

    public AvroSerializer() {}

    AvroSerializer(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean key) {
        SerdeConfig config = new SerdeConfig(settings);
        if (registry == null) {
            registry = new RegistryClient(config);
        }
        this.key = key;
        this.ids =
                new SchemaIds(
                        registry,
                        config.getBoolean(SerdeConfig.AUTO_REGISTER),
                        config.getBoolean(SerdeConfig.USE_LATEST));
    }

    @Override
    public byte[] serialize(String topic, T record) {
        if (record == null) {
            return null;
        }
        if (!(record instanceof GenericContainer container)) {
            throw new SerializationException("not an Avro record: " + record.getClass().getName());
        }
        Schema schema = container.getSchema();
        Last known = last.get();
        if (known == null || known.schema() != schema || !known.topic().equals(topic)) {
            known = new Last(topic, schema, encoder(topic, schema, record));
            last.set(known);
        }
        return known.encoder().encode(record);
    }

    private FramedEncoder<Object> encoder(String topic, Schema schema, Object record) {
        if (ids == null) {
            throw new IllegalStateException("configure() comes first");
        }
        int id = ids.of(SchemaIds.subject(topic, key), schema);
        return new FramedEncoder<>(schema, id, Models.of(record));
    }
}
