package io.flowwarden.schemas;

import io.flowwarden.schemas.registry.RegistryClient;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent-framed Avro as a Kafka serde. Usually made by {@link SchemaSerdes}; by class name it
 * reads generic records, or generated ones with `specific.avro.reader`.
 */
public final class AvroSerde<T> implements Serde<T> {
    private final AvroSerializer<T> serializer;
    private final AvroDeserializer<T> deserializer;

    public AvroSerde() {
        this(null, null);
    }

    AvroSerde(Class<T> type, RegistryClient registry) {
        this.serializer = new AvroSerializer<>(registry);
        this.deserializer = new AvroDeserializer<>(type, registry);
    }

    @Override
    public void configure(Map<String, ?> settings, boolean key) {
        serializer.configure(settings, key);
        deserializer.configure(settings, key);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
