package io.flowwarden.decode.avro;

import io.flowwarden.schemas.Flow;

/** Reads the value of a record of {@code flows-in}. */
@FunctionalInterface
public interface FlowReader {
    /**
     * @throws org.apache.kafka.common.errors.SerializationException naming what is wrong
     */
    Flow read(byte[] value);
}
