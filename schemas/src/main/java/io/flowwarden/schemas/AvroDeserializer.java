package io.flowwarden.schemas;

import io.flowwarden.schemas.registry.RegistryClient;
import io.flowwarden.schemas.registry.SchemaRef;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Confluent-framed Avro to records. Data of any compatible schema becomes the compiled-in class by
 * Avro's schema resolution; how the writer's schema is found is the registry client's business.
 * Thread-safe.
 */
public final class AvroDeserializer<T> implements Deserializer<T> {
    private static final int MAX_READERS = 10_000;

    private final Class<T> type;
    private RegistryClient registry;
    private boolean key;
    private boolean specific;
    private final ConcurrentHashMap<SchemaRef, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<BinaryDecoder> decoders = new ThreadLocal<>();

    /**
     * Reads generic records, or with `specific.avro.reader` the generated class of the record's
     * name.
     */
    public AvroDeserializer() {
        this(null, null);
    }

    AvroDeserializer(Class<T> type, RegistryClient registry) {
        this.type = type;
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean key) {
        SerdeConfig config = new SerdeConfig(settings);
        if (registry == null) {
            registry = new RegistryClient(config);
        }
        this.key = key;
        this.specific = config.getBoolean(SerdeConfig.SPECIFIC_READER);
    }

    @Override
    public T deserialize(String topic, byte[] data) {
        return deserialize(topic, null, data);
    }

    /**
     * @return null for a tombstone
     * @throws SerializationException naming topic and what is wrong; a {@code RegistryException}
     *     where only the schema could not be had
     */
    @Override
    public T deserialize(String topic, Headers headers, byte[] data) {
        if (data == null) {
            return null;
        }
        Framing framing = Framing.read(headers, data, key);
        DatumReader<T> reader = readers.get(framing.ref());
        if (reader == null) {
            reader = reader(framing.ref());
        }
        int length = data.length - framing.offset();
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(data, framing.offset(), length, decoders.get());
        decoders.set(decoder);
        try {
            T record = reader.read(null, decoder);
            if (decoder.isEnd()) {
                return record;
            }
        } catch (IOException | RuntimeException e) {
            // Bytes that do not fit the schema make Avro throw whatever they lead it to.
            throw new SerializationException(
                    topic + ": " + framing.ref() + ": " + length + " bytes cannot be read: " + e,
                    e);
        }
        throw new SerializationException(
                topic + ": " + framing.ref() + ": bytes left over behind the record");
    }

    private DatumReader<T> reader(SchemaRef ref) {
        if (registry == null) {
            throw new IllegalStateException("configure() comes first");
        }
        Schema writer = registry.schema(ref);
        DatumReader<T> reader = reader(writer);
        if (readers.size() >= MAX_READERS) {
            readers.clear();
        }
        readers.put(ref, reader);
        return reader;
    }

    private DatumReader<T> reader(Schema writer) {
        Class<?> target = type != null ? type : specific ? Models.generated(writer) : null;
        if (target == null) {
            if (specific) {
                throw new SerializationException(
                        "no generated class "
                                + writer.getFullName()
                                + " on the class path, or Avro is not told to trust it"
                                + " (-Dorg.apache.avro.SERIALIZABLE_PACKAGES)");
            }
            return Models.reader(writer, writer, GenericData.get());
        }
        SpecificData model = Models.specific(target);
        return Models.reader(writer, model.getSchema(target), model);
    }
}
