package io.flowwarden.connect.alerts;

import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.sink.SinkKind;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.serialization.Deserializer;

/** Options of a connector: those of its sink, and where the schemas are. */
final class ConnectOptions {
    static final String REGISTRY = "schema.registry.url";

    private ConnectOptions() {}

    static ConfigDef of(SinkKind kind) {
        return kind.options()
                .define(
                        REGISTRY,
                        Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Importance.HIGH,
                        "Addresses of the schema registry. Its other settings, such as"
                                + " `schema.registry.basic.auth.user.info`, are those of"
                                + " `schemas/README.md`.",
                        "Topic",
                        1,
                        Width.LONG,
                        "Schema registry");
    }

    /** Reads what is on the topic. */
    static Deserializer<Alert> alerts(Map<String, String> settings) {
        return new SchemaSerdes(settings).values(Alert.class).deserializer();
    }
}
