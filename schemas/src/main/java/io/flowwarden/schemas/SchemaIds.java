package io.flowwarden.schemas;

import io.flowwarden.schemas.registry.RegisteredSchema;
import io.flowwarden.schemas.registry.RegistryClient;
import io.flowwarden.schemas.registry.RegistryException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.errors.SerializationException;

/** Which id a writer puts in front, as configured. Subjects are Confluent's TopicNameStrategy. */
record SchemaIds(RegistryClient registry, boolean autoRegister, boolean useLatest) {
    static String subject(String topic, boolean key) {
        return topic + (key ? "-key" : "-value");
    }

    int of(String subject, Schema schema) {
        if (useLatest) {
            return latest(subject, schema);
        }
        if (autoRegister) {
            return registry.register(subject, schema);
        }
        try {
            return registry.id(subject, schema);
        } catch (RegistryException e) {
            if (!e.notFound()) {
                throw e;
            }
            throw new SerializationException(
                    schema.getFullName()
                            + " is not registered as "
                            + subject
                            + ": register it, or set "
                            + SerdeConfig.AUTO_REGISTER
                            + " = true. "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * The id promises how to read the bytes; a latest version that reads them otherwise would be a
     * lie.
     */
    private int latest(String subject, Schema schema) {
        RegisteredSchema latest = registry.latest(subject);
        if (!SchemaNormalization.toParsingForm(latest.schema())
                .equals(SchemaNormalization.toParsingForm(schema))) {
            throw new SerializationException(
                    SerdeConfig.USE_LATEST
                            + ": version "
                            + latest.version()
                            + " of "
                            + subject
                            + " (id "
                            + latest.id()
                            + ") is another schema than the "
                            + schema.getFullName()
                            + " this program was built with");
        }
        return latest.id();
    }
}
