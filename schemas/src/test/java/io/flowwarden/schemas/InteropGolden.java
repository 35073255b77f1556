package io.flowwarden.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What other clients made of our bytes and what bytes they wrote, one file for each type.
 *
 * @param schema what the registry held
 * @param samples the type's {@link Samples} in their order
 */
record InteropGolden(JsonNode schema, List<Sample> samples) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param ours framed bytes as we wrote them, hex
     * @param clients by package name
     */
    record Sample(String ours, Map<String, Client> clients) {}

    /**
     * @param decoded what it read from our bytes
     * @param bytes framed bytes that it wrote of that, hex
     */
    record Client(JsonNode decoded, String bytes) {}

    static Path file(Class<?> type) {
        return Path.of("src/test/resources/interop", type.getSimpleName() + ".json");
    }

    static InteropGolden read(Class<?> type) throws IOException {
        return JSON.readValue(file(type).toFile(), InteropGolden.class);
    }

    void write(Class<?> type) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file(type).toFile(), this);
    }
}
