package io.flowwarden.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Client of a Confluent-compatible schema registry. Thread-safe. Ids, GUIDs and registered schemas
 * never change, so each is asked for once; what the registry does not know is remembered for a
 * while, too. All methods throw {@link RegistryException}.
 */
public final class RegistryClient {
    private static final int NO_SUBJECT = 40401;
    private static final int NO_VERSION = 40402;

    private final Rest rest;
    private final Pace pace;
    private final Learned learned;
    private final long missingTtl;
    private final Remembered<SchemaRef, Schema> schemas;
    private final Remembered<Subject, Integer> ids;
    private final Remembered<SchemaRef, Missing> missing;

    private record Subject(String name, Schema schema) {}

    private record Missing(RegistryException answer, long until) {}

    public RegistryClient(RegistryConfig config) {
        this(config, Pace.REAL);
    }

    RegistryClient(RegistryConfig config, Pace pace) {
        this.rest = new Rest(config, pace);
        this.pace = pace;
        this.missingTtl = config.getLong(RegistryConfig.MISSING_TTL);
        int capacity = config.getInt(RegistryConfig.CACHE_CAPACITY);
        this.schemas = new Remembered<>(capacity);
        this.ids = new Remembered<>(capacity);
        this.missing = new Remembered<>(config.getInt(RegistryConfig.MISSING_CAPACITY));
        String file = config.getString(RegistryConfig.LEARNED_FILE);
        this.learned =
                file.isEmpty()
                        ? Learned.none()
                        : Learned.open(
                                Path.of(file),
                                config.urls().stream()
                                        .map(Address::toString)
                                        .sorted()
                                        .collect(Collectors.joining(",")));
    }

    /**
     * Registers where it is new. Returns the id; 409 where the subject's compatibility forbids it.
     */
    public int register(String subject, Schema schema) {
        return id(
                subject,
                schema,
                () ->
                        rest.post(
                                        "/subjects/" + encoded(subject) + "/versions",
                                        body(schema),
                                        "register " + schema.getFullName() + " as " + subject)
                                .path("id")
                                .intValue());
    }

    /** Id of a schema that must be registered already; 40401 or 40403 where it is not. */
    public int id(String subject, Schema schema) {
        return id(subject, schema, () -> lookup(subject, schema).id());
    }

    private int id(String subject, Schema schema, Supplier<Integer> ask) {
        Subject key = new Subject(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        String text = PlainSchema.text(schema);
        String question = "subject " + subject + " " + text;
        int id = Integer.parseInt(orLearned(question, () -> ask.get().toString()));
        ids.put(key, id);
        SchemaRef ref = new SchemaRef.Id(id);
        schemas.put(ref, schema);
        missing.remove(ref);
        learned.learn(ref.toString(), text);
        return id;
    }

    /** Version and id of a schema that must be registered already; always asks the registry. */
    public RegisteredSchema lookup(String subject, Schema schema) {
        JsonNode answer =
                rest.post(
                        "/subjects/" + encoded(subject),
                        body(schema),
                        "look up " + schema.getFullName() + " in " + subject);
        return new RegisteredSchema(
                subject, answer.path("version").asInt(), answer.path("id").asInt(), schema);
    }

    /** The newest version of a subject; always asks the registry. */
    public RegisteredSchema latest(String subject) {
        return version(subject, "latest");
    }

    private RegisteredSchema version(String subject, String version) {
        String about = "version " + version + " of " + subject;
        JsonNode answer = rest.get("/subjects/" + encoded(subject) + "/versions/" + version, about);
        return new RegisteredSchema(
                subject,
                answer.path("version").asInt(),
                answer.path("id").asInt(),
                parsed(answer, about));
    }

    /**
     * The schema a record was written with. Asked once; where no registry answers, the learned file
     * is.
     */
    public Schema schema(SchemaRef ref) {
        Schema known = schemas.get(ref);
        if (known != null) {
            return known;
        }
        Missing gone = missing.get(ref);
        if (gone != null && pace.millis() < gone.until()) {
            throw gone.answer();
        }
        String path =
                ref instanceof SchemaRef.Id byId
                        ? "/schemas/ids/" + byId.id()
                        : "/schemas/guids/" + ((SchemaRef.Guid) ref).guid();
        try {
            String text =
                    orLearned(
                            ref.toString(),
                            () ->
                                    PlainSchema.text(
                                            parsed(
                                                    rest.get(path, ref.toString()),
                                                    ref.toString())));
            Schema schema = new Schema.Parser().parse(text);
            schemas.put(ref, schema);
            missing.remove(ref);
            return schema;
        } catch (RegistryException e) {
            if (e.notFound()) {
                missing.put(ref, new Missing(e, pace.millis() + missingTtl));
            }
            throw e;
        }
    }

    public Schema schema(int id) {
        return schema(new SchemaRef.Id(id));
    }

    public Schema schema(UUID guid) {
        return schema(new SchemaRef.Guid(guid));
    }

    public List<String> subjects() {
        return texts(rest.get("/subjects", "list subjects"));
    }

    /** Version numbers of a subject, in order. */
    public List<Integer> versions(String subject) {
        List<Integer> versions = new ArrayList<>();
        rest.get("/subjects/" + encoded(subject) + "/versions", "versions of " + subject)
                .forEach(v -> versions.add(v.asInt()));
        return versions;
    }

    /**
     * Whether a schema could follow the latest version of a subject; true where there is none yet.
     */
    public boolean compatible(String subject, Schema schema) {
        try {
            return rest.post(
                            "/compatibility/subjects/" + encoded(subject) + "/versions/latest",
                            body(schema),
                            "check " + schema.getFullName() + " against " + subject)
                    .path("is_compatible")
                    .asBoolean();
        } catch (RegistryException e) {
            if (e.errorCode() == NO_SUBJECT || e.errorCode() == NO_VERSION) {
                return true;
            }
            throw e;
        }
    }

    /** What the registry demands of new versions where the subject has no setting of its own. */
    public Compatibility compatibility() {
        return level(rest.get("/config", "compatibility"));
    }

    /**
     * What the registry demands of new versions of this subject, its own setting or the general
     * one.
     */
    public Compatibility compatibility(String subject) {
        try {
            return level(
                    rest.get(
                            "/config/" + encoded(subject) + "?defaultToGlobal=true",
                            "compatibility of " + subject));
        } catch (RegistryException e) {
            // Apicurio knows no setting of a subject that has no version yet.
            if (e.errorCode() == NO_SUBJECT) {
                return compatibility();
            }
            throw e;
        }
    }

    public void setCompatibility(Compatibility level) {
        rest.put("/config", Map.of("compatibility", level.name()), "set compatibility " + level);
    }

    /** The subject must have a version: Apicurio refuses otherwise, Confluent does not. */
    public void setCompatibility(String subject, Compatibility level) {
        rest.put(
                "/config/" + encoded(subject),
                Map.of("compatibility", level.name()),
                "set compatibility of " + subject + " to " + level);
    }

    private String orLearned(String question, Supplier<String> ask) {
        try {
            String answer = ask.get();
            learned.learn(question, answer);
            return answer;
        } catch (RegistryException e) {
            String known = e.outage() ? learned.answer(question) : null;
            if (known == null) {
                throw e;
            }
            return known;
        }
    }

    private static Compatibility level(JsonNode answer) {
        return Compatibility.valueOf(answer.path("compatibilityLevel").asText());
    }

    /** Schemas of other writers may be spread over several subjects; ours never are. */
    private Schema parsed(JsonNode answer, String about) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryException(about + " is " + type + ", not AVRO", 200, 0, null);
        }
        var parser = new Schema.Parser();
        for (JsonNode reference : answer.path("references")) {
            Schema named =
                    version(reference.path("subject").asText(), reference.path("version").asText())
                            .schema();
            if (!parser.getTypes().containsKey(named.getFullName())) {
                parser.addTypes(List.of(named));
            }
        }
        JsonNode text = answer.path("schema");
        try {
            return parser.parse(text instanceof TextNode ? text.asText() : text.toString());
        } catch (AvroRuntimeException e) {
            throw new RegistryException(
                    about + " is not an Avro schema: " + e.getMessage(), 200, 0, e);
        }
    }

    private static Map<String, ?> body(Schema schema) {
        return Map.of("schema", PlainSchema.text(schema));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
