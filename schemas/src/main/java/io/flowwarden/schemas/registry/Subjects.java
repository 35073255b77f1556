package io.flowwarden.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * What a registry knows and decides, without HTTP: subjects with their versions, ids by content,
 * compatibility. Error codes are those of Confluent's REST API. Not thread-safe.
 */
final class Subjects {
    /** A request that cannot be granted. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        final int status;
        final int code;

        Refused(int code, String message) {
            super(message);
            this.code = code;
            this.status = code >= 1000 ? code / 100 : code;
        }
    }

    /**
     * One content; text is Avro's own printing of it, so spacing and order of attributes do not
     * make another one.
     */
    record Content(int id, String text, Schema schema) {
        UUID guid() {
            return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    record Version(String subject, int version, Content content) {}

    private final Map<Integer, Content> byId = new TreeMap<>();
    private final Map<String, Content> byText = new TreeMap<>();
    private final Map<String, List<Version>> bySubject = new TreeMap<>();
    private final Map<String, Compatibility> levels = new TreeMap<>();
    private Compatibility level = Compatibility.BACKWARD;

    List<String> names() {
        return List.copyOf(bySubject.keySet());
    }

    List<Version> versions(String subject) throws Refused {
        List<Version> versions = bySubject.get(subject);
        if (versions == null) {
            throw new Refused(40401, "Subject '" + subject + "' not found.");
        }
        return versions;
    }

    /**
     * @param version a number or `latest`
     */
    Version version(String subject, String version) throws Refused {
        List<Version> versions = versions(subject);
        if (version.equals("latest")) {
            return versions.get(versions.size() - 1);
        }
        int number;
        try {
            number = Integer.parseInt(version);
        } catch (NumberFormatException e) {
            number = 0;
        }
        if (number < 1) {
            throw new Refused(
                    42202, "The specified version '" + version + "' is not a valid version id.");
        }
        if (number > versions.size()) {
            throw new Refused(40402, "Version " + version + " not found.");
        }
        return versions.get(number - 1);
    }

    Content byId(int id) throws Refused {
        Content content = byId.get(id);
        if (content == null) {
            throw new Refused(40403, "Schema " + id + " not found");
        }
        return content;
    }

    Content byGuid(String guid) throws Refused {
        for (Content content : byId.values()) {
            if (content.guid().toString().equals(guid)) {
                return content;
            }
        }
        throw new Refused(40403, "Schema " + guid + " not found");
    }

    Version register(String subject, String text) throws Refused {
        Schema schema = parse(text);
        List<Version> versions = bySubject.getOrDefault(subject, List.of());
        for (Version version : versions) {
            if (version.content().text().equals(schema.toString())) {
                return version;
            }
        }
        String objection = objection(subject, schema, versions);
        if (objection != null) {
            throw new Refused(
                    409,
                    "Schema being registered is incompatible with an earlier schema for subject \""
                            + subject
                            + "\", compatibility "
                            + compatibility(subject)
                            + ": "
                            + objection);
        }
        Content content = byText.get(schema.toString());
        if (content == null) {
            content = add(byId.size() + 1, schema);
        }
        return append(subject, content);
    }

    Version lookup(String subject, String text) throws Refused {
        List<Version> versions = versions(subject);
        String wanted = parse(text).toString();
        for (Version version : versions) {
            if (version.content().text().equals(wanted)) {
                return version;
            }
        }
        throw new Refused(40403, "Schema not found");
    }

    /** Null where the schema could follow the given versions, else why not. */
    String objection(String subject, String text, List<Version> versions) throws Refused {
        return objection(subject, parse(text), versions);
    }

    private String objection(String subject, Schema schema, List<Version> versions) {
        List<Schema> schemas = versions.stream().map(v -> v.content().schema()).toList();
        return compatibility(subject).objection(schema, schemas);
    }

    Compatibility compatibility() {
        return level;
    }

    Compatibility compatibility(String subject) {
        return levels.getOrDefault(subject, level);
    }

    boolean hasOwnCompatibility(String subject) {
        return levels.containsKey(subject);
    }

    void setCompatibility(Compatibility level) {
        this.level = level;
    }

    void setCompatibility(String subject, Compatibility level) {
        levels.put(subject, level);
    }

    private static Schema parse(String text) throws Refused {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new Refused(42201, "Invalid schema: " + e.getMessage());
        }
    }

    private Content add(int id, Schema schema) {
        Content content = new Content(id, schema.toString(), schema);
        byId.put(id, content);
        byText.put(content.text(), content);
        return content;
    }

    private Version append(String subject, Content content) {
        List<Version> versions = bySubject.computeIfAbsent(subject, s -> new ArrayList<>());
        Version version = new Version(subject, versions.size() + 1, content);
        versions.add(version);
        return version;
    }

    /** Everything, as {@link #restore} reads it. */
    JsonNode snapshot() {
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("compatibility", level.name());
        ArrayNode schemas = all.putArray("schemas");
        byId.values().forEach(content -> schemas.add(content.text()));
        ObjectNode subjects = all.putObject("subjects");
        bySubject.forEach(
                (subject, versions) -> {
                    ArrayNode ids = subjects.putArray(subject);
                    versions.forEach(version -> ids.add(version.content().id()));
                });
        ObjectNode own = all.putObject("levels");
        levels.forEach((subject, l) -> own.put(subject, l.name()));
        return all;
    }

    /**
     * @throws RuntimeException where it is not such a snapshot
     */
    static Subjects restore(JsonNode all) {
        Subjects subjects = new Subjects();
        subjects.level = Compatibility.valueOf(all.required("compatibility").asText());
        all.required("schemas")
                .forEach(
                        text ->
                                subjects.add(
                                        subjects.byId.size() + 1,
                                        new Schema.Parser().parse(text.asText())));
        all.required("subjects")
                .fields()
                .forEachRemaining(
                        subject ->
                                subject.getValue()
                                        .forEach(
                                                id ->
                                                        subjects.append(
                                                                subject.getKey(),
                                                                subjects.byId.get(id.asInt()))));
        all.required("levels")
                .fields()
                .forEachRemaining(
                        l ->
                                subjects.levels.put(
                                        l.getKey(), Compatibility.valueOf(l.getValue().asText())));
        return subjects;
    }
}
