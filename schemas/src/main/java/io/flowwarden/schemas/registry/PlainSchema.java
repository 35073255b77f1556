package io.flowwarden.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import org.apache.avro.Schema;

/**
 * A schema as others should see it. Generated classes carry `avro.java.string`, which says how Java
 * holds a string and nothing about the bytes; registered as it is, the same .avsc from another
 * language would be a second version.
 */
final class PlainSchema {
    private static final String JAVA_STRING = "avro.java.string";

    private PlainSchema() {}

    static String text(Schema schema) {
        String text = schema.toString();
        if (!text.contains(JAVA_STRING)) {
            return text;
        }
        try {
            return plain(Json.MAPPER.readTree(text)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro printed a schema that is not JSON: " + text, e);
        }
    }

    private static JsonNode plain(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, plain(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
            if (object.size() == 1 && "string".equals(object.path("type").asText())) {
                return TextNode.valueOf("string");
            }
            for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                // A default is data: {"type": "string"} in there is a map with one entry.
                if (!name.equals("default")) {
                    object.replace(name, plain(object.get(name)));
                }
            }
        }
        return node;
    }
}
