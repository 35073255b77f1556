package io.flowwarden.sink.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Subject;
import io.flowwarden.sink.Activity;
import io.flowwarden.sink.AlertJson;
import java.time.Instant;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON with `${field}` in its texts, such as {@code {"text": "${kind}: ${title}"}}. Since it is
 * read as JSON before anything is filled in, no title can break out of its text.
 */
final class Template implements Body {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern FIELD = Pattern.compile("\\$\\{([^}]*)\\}");

    private final JsonNode form;

    private Template(JsonNode form) {
        this.form = form;
    }

    /**
     * @throws IllegalArgumentException if it is not JSON, or names a field that alerts do not have
     */
    static Template parse(String text) {
        JsonNode form;
        try {
            form = JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException("is not JSON: " + wrong.getOriginalMessage());
        }
        if (!form.isObject()) {
            throw new IllegalArgumentException("must be a JSON object");
        }
        var unknown = new TreeSet<String>();
        FIELD.matcher(form.toString()).results().map(found -> found.group(1)).forEach(unknown::add);
        unknown.removeIf(Template::isField);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("alerts have no " + String.join(", ", unknown));
        }
        return new Template(form);
    }

    private static boolean isField(String name) {
        return name.startsWith("subject.")
                ? Subject.getClassSchema().getField(name.substring("subject.".length())) != null
                : name.equals("activity") || Alert.getClassSchema().getField(name) != null;
    }

    @Override
    public JsonNode of(Alert alert, Activity activity, Instant now) {
        ObjectNode values = AlertJson.of(alert);
        values.put("activity", activity.name());
        return filled(form, values);
    }

    private static JsonNode filled(JsonNode form, ObjectNode values) {
        if (form.isTextual()) {
            Matcher fields = FIELD.matcher(form.textValue());
            return TextNode.valueOf(
                    fields.replaceAll(field -> Matcher.quoteReplacement(value(field, values))));
        }
        if (form.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            form.properties()
                    .forEach(each -> object.set(each.getKey(), filled(each.getValue(), values)));
            return object;
        }
        if (form.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            form.forEach(each -> array.add(filled(each, values)));
            return array;
        }
        return form;
    }

    private static String value(MatchResult field, ObjectNode values) {
        JsonNode value = values.at("/" + field.group(1).replace('.', '/'));
        if (value.isArray()) {
            var lines = new StringBuilder();
            value.forEach(item -> lines.append(lines.isEmpty() ? "" : "\n").append(item.asText()));
            return lines.toString();
        }
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }
}
