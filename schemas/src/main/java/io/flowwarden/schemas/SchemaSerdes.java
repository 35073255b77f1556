package io.flowwarden.schemas;

import io.flowwarden.schemas.registry.RegistryClient;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Serdes for generated classes, as configured: ours on one shared registry client, or the one that
 * `schema.serde.class` names. All keys: schemas/README.md.
 */
public final class SchemaSerdes {
    private final Map<String, Object> settings;
    private final ForeignSerde foreign;
    private final RegistryClient registry;
    private final SchemaIds ids;

    /**
     * @param settings Kafka-style settings, at least `schema.registry.url`
     * @throws org.apache.kafka.common.config.ConfigException naming key, value and reason
     */
    public SchemaSerdes(Map<String, ?> settings) {
        SerdeConfig config = new SerdeConfig(settings);
        this.settings = new HashMap<>(settings);
        this.registry = new RegistryClient(config);
        this.ids =
                new SchemaIds(
                        registry,
                        config.getBoolean(SerdeConfig.AUTO_REGISTER),
                        config.getBoolean(SerdeConfig.USE_LATEST));
        this.foreign =
                config.getList(SerdeConfig.SERDE_CLASS).isEmpty() ? null : new ForeignSerde(config);
        // Without it Confluent's deserializer gives generic records.
        this.settings.putIfAbsent(SerdeConfig.SPECIFIC_READER, "true");
    }

    public RegistryClient registry() {
        return registry;
    }

    public <T extends SpecificRecord> Serde<T> values(Class<T> type) {
        return serde(type, false);
    }

    public <T extends SpecificRecord> Serde<T> keys(Class<T> type) {
        return serde(type, true);
    }

    private <T extends SpecificRecord> Serde<T> serde(Class<T> type, boolean key) {
        if (foreign != null) {
            return foreign.create(settings, key);
        }
        Serde<T> serde = new AvroSerde<>(type, registry);
        serde.configure(settings, key);
        return serde;
    }

    /**
     * The fast way to write many values of one type to one topic. The id is settled here, so a
     * registry that is away, or refuses, is noticed at start and not at the first record.
     */
    public <T extends SpecificRecord> RecordEncoder<T> encoder(String topic, Class<T> type) {
        if (foreign != null) {
            Serde<T> serde = foreign.create(settings, false);
            return record -> serde.serializer().serialize(topic, record);
        }
        SpecificData model = Models.specific(type);
        var schema = model.getSchema(type);
        return new FramedEncoder<>(schema, ids.of(SchemaIds.subject(topic, false), schema), model);
    }
}
