package io.flowwarden.schemas.registry;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The one mapper of this package; it is thread-safe once built. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private Json() {}
}
