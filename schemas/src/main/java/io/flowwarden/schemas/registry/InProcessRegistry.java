package io.flowwarden.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowwarden.schemas.registry.Subjects.Refused;
import io.flowwarden.schemas.registry.Subjects.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A schema registry inside this process, for the embedded mode and tests: Confluent's REST API on a
 * loopback port, as far as a serializer, a deserializer and a command line need it. In memory, or
 * with a snapshot file so that ids outlive a restart.
 */
public final class InProcessRegistry implements AutoCloseable {
    private static final int MAX_REQUEST_BYTES = 4 << 20;

    static {
        // The server sends head and body of an answer as two packets; Nagle's algorithm holds the
        // second one for 40 ms.
        // Read once, when the JVM makes its first HttpServer.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final Subjects subjects;
    private final Path snapshot;
    private final HttpServer server;
    private final ExecutorService workers;

    private InProcessRegistry(int port, Subjects subjects, Path snapshot) throws IOException {
        this.subjects = subjects;
        this.snapshot = snapshot;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        // A thread per connection that is talking: one that stalls holds up nobody else.
        this.workers =
                Executors.newCachedThreadPool(
                        task -> {
                            Thread thread = new Thread(task, "schema-registry");
                            thread.setDaemon(true);
                            return thread;
                        });
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts empty on a free loopback port. */
    public static InProcessRegistry start() throws IOException {
        return new InProcessRegistry(0, new Subjects(), null);
    }

    /**
     * Starts with what the snapshot file holds and keeps it up to date before each answer.
     *
     * @param port 0 for a free one
     * @param snapshot need not exist yet
     * @throws IOException naming the file where it cannot be read
     */
    public static InProcessRegistry start(int port, Path snapshot) throws IOException {
        Subjects subjects = new Subjects();
        if (Files.exists(snapshot)) {
            try {
                subjects = Subjects.restore(Json.MAPPER.readTree(snapshot.toFile()));
            } catch (IOException | RuntimeException e) {
                throw new IOException(
                        snapshot + ": not a snapshot of the schema registry: " + e.getMessage(), e);
            }
        }
        return new InProcessRegistry(port, subjects, snapshot);
    }

    /** For `schema.registry.url`. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return "http://"
                + (host.indexOf(':') < 0 ? host : "[" + host + "]")
                + ":"
                + address.getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            JsonNode answer;
            try {
                answer = answer(exchange);
            } catch (Refused e) {
                status = e.status;
                answer =
                        Json.MAPPER
                                .createObjectNode()
                                .put("error_code", e.code)
                                .put("message", e.getMessage());
            } catch (IOException | RuntimeException e) {
                status = 500;
                answer =
                        Json.MAPPER
                                .createObjectNode()
                                .put("error_code", 50001)
                                .put("message", e.toString());
            }
            byte[] body = Json.MAPPER.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", Json.CONTENT_TYPE);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private JsonNode answer(HttpExchange exchange) throws IOException, Refused {
        String[] path =
                Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
                        .filter(part -> !part.isEmpty())
                        // Made for forms, where a plus is a space; in a path it is a plus.
                        .map(part -> part.replace("+", "%2B"))
                        .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                        .toArray(String[]::new);
        String query = exchange.getRequestURI().getQuery();
        JsonNode body = body(exchange);
        String method = exchange.getRequestMethod();
        JsonNode answer;
        synchronized (subjects) {
            answer = answer(method, path, query, body);
        }
        if (answer == null) {
            throw new Refused(
                    404, "HTTP 404 Not Found: " + method + " " + exchange.getRequestURI());
        }
        return answer;
    }

    /** Null where there is no such resource. */
    private JsonNode answer(String method, String[] path, String query, JsonNode body)
            throws IOException, Refused {
        String first = path.length == 0 ? "" : path[0];
        return switch (first + " " + method) {
            case "subjects GET" -> subjectsGet(path);
            case "subjects POST" -> subjectsPost(path, body);
            case "schemas GET" -> schemas(path);
            case "compatibility POST" -> compatibility(path, query, body);
            case "config GET" -> config(path, query);
            case "config PUT" -> setConfig(path, body);
            default -> null;
        };
    }

    private static JsonNode body(HttpExchange exchange) throws IOException, Refused {
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
        if (bytes.length > MAX_REQUEST_BYTES) {
            throw new Refused(413, "request longer than " + MAX_REQUEST_BYTES + " bytes");
        }
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new Refused(400, "request is not JSON: " + e.getOriginalMessage());
        }
    }

    private JsonNode subjectsGet(String[] path) throws Refused {
        if (path.length == 1) {
            return Json.MAPPER.valueToTree(subjects.names());
        }
        if (path.length < 3 || !path[2].equals("versions")) {
            return null;
        }
        if (path.length == 3) {
            return Json.MAPPER.valueToTree(
                    subjects.versions(path[1]).stream().map(Version::version).toList());
        }
        return path.length == 4 ? described(subjects.version(path[1], path[3])) : null;
    }

    private JsonNode subjectsPost(String[] path, JsonNode body) throws IOException, Refused {
        if (path.length == 2) {
            return described(subjects.lookup(path[1], schema(body)));
        }
        if (path.length == 3 && path[2].equals("versions")) {
            Version version = subjects.register(path[1], schema(body));
            save();
            return Json.MAPPER.createObjectNode().put("id", version.content().id());
        }
        return null;
    }

    private JsonNode schemas(String[] path) throws Refused {
        if (path.length != 3) {
            return path.length == 2 && path[1].equals("types")
                    ? Json.MAPPER.createArrayNode().add("AVRO")
                    : null;
        }
        return switch (path[1]) {
            case "ids" -> {
                int id;
                try {
                    id = Integer.parseInt(path[2]);
                } catch (NumberFormatException e) {
                    yield null;
                }
                var content = subjects.byId(id);
                yield Json.MAPPER
                        .createObjectNode()
                        .put("schema", content.text())
                        .put("guid", content.guid().toString());
            }
            case "guids" ->
                    Json.MAPPER.createObjectNode().put("schema", subjects.byGuid(path[2]).text());
            default -> null;
        };
    }

    private JsonNode compatibility(String[] path, String query, JsonNode body) throws Refused {
        if (path.length < 4
                || path.length > 5
                || !path[1].equals("subjects")
                || !path[3].equals("versions")) {
            return null;
        }
        List<Version> against =
                path.length == 4
                        ? subjects.versions(path[2])
                        : List.of(subjects.version(path[2], path[4]));
        String objection = subjects.objection(path[2], schema(body), against);
        ObjectNode answer = Json.MAPPER.createObjectNode().put("is_compatible", objection == null);
        if (has(query, "verbose")) {
            ArrayNode messages = answer.putArray("messages");
            if (objection != null) {
                messages.add(objection);
            }
        }
        return answer;
    }

    private JsonNode config(String[] path, String query) throws Refused {
        Compatibility level;
        if (path.length == 1) {
            level = subjects.compatibility();
        } else if (path.length == 2) {
            if (!subjects.hasOwnCompatibility(path[1]) && !has(query, "defaultToGlobal")) {
                throw new Refused(
                        40408,
                        "Subject '"
                                + path[1]
                                + "' does not have subject-level compatibility configured");
            }
            level = subjects.compatibility(path[1]);
        } else {
            return null;
        }
        return Json.MAPPER.createObjectNode().put("compatibilityLevel", level.name());
    }

    private JsonNode setConfig(String[] path, JsonNode body) throws IOException, Refused {
        Compatibility level;
        String wanted = body.path("compatibility").asText();
        try {
            level = Compatibility.valueOf(wanted);
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    42203,
                    "Invalid compatibility level '"
                            + wanted
                            + "'. Valid values are "
                            + Arrays.toString(Compatibility.values()));
        }
        if (path.length == 1) {
            subjects.setCompatibility(level);
        } else if (path.length == 2) {
            subjects.setCompatibility(path[1], level);
        } else {
            return null;
        }
        save();
        return Json.MAPPER.createObjectNode().put("compatibility", level.name());
    }

    private static boolean has(String query, String flag) {
        return query != null && Arrays.asList(query.split("&")).contains(flag + "=true");
    }

    private static String schema(JsonNode body) throws Refused {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !body.path("references").isEmpty()) {
            throw new Refused(
                    42201,
                    "Invalid schema: this registry holds AVRO schemas without references only");
        }
        if (!body.path("schema").isTextual()) {
            throw new Refused(42201, "Invalid schema: \"schema\" must be the schema's text");
        }
        return body.path("schema").asText();
    }

    private static ObjectNode described(Version version) {
        return Json.MAPPER
                .createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.content().id())
                .put("guid", version.content().guid().toString())
                .put("schema", version.content().text());
    }

    /** Written beside and renamed, so that a crash leaves the old or the new one. */
    private void save() throws IOException {
        if (snapshot == null) {
            return;
        }
        Path folder = snapshot.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path next = folder.resolve(snapshot.getFileName() + ".next");
        Files.write(next, Json.MAPPER.writeValueAsBytes(subjects.snapshot()));
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(
                next,
                snapshot,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
