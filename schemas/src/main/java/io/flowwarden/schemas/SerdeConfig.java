package io.flowwarden.schemas;

import io.flowwarden.schemas.registry.RegistryConfig;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * What a serde needs beyond {@link RegistryConfig}; key names are Confluent's where Confluent has
 * the key.
 */
final class SerdeConfig extends RegistryConfig {
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";
    static final String SPECIFIC_READER = "specific.avro.reader";
    static final String SERDE_CLASS = "schema.serde.class";
    static final String SERDE_PATH = "schema.serde.path";

    SerdeConfig(Map<String, ?> settings) {
        super(keys(), settings);
    }

    static ConfigDef keys() {
        return RegistryConfig.definition()
                .define(
                        AUTO_REGISTER,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Register an unknown schema when the first record is written. Off: it must be there already"
                                + " (Confluent's default is on).")
                .define(
                        USE_LATEST,
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Frame with the id of the subject's latest version. It must give the same bytes as the"
                                + " compiled-in schema.")
                .define(
                        SPECIFIC_READER,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "For a serde named by class: read into the generated class of the record's name instead of"
                                + " GenericRecord.")
                .define(
                        SERDE_CLASS,
                        Type.LIST,
                        "",
                        Importance.MEDIUM,
                        "Another implementation: a Serde class, or a Serializer and a Deserializer class,"
                                + " comma-separated. It is given this whole map.")
                .define(
                        SERDE_PATH,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "Folder of jars that schema.serde.class is loaded from, in a class loader of its own.");
    }
}
