package io.flowwarden.connect.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowwarden.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A distributed Connect worker in a process of its own, with exactly-once sources. */
final class Worker implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING =
            Pattern.compile("REST server listening at (http://[^/,\\s]+)");

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private String url;

    private Worker(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts and waits until it answers and has joined its group.
     *
     * @param folder for its settings and log
     * @param pluginPath folder of plugins
     */
    static Worker start(Path folder, Path pluginPath, String bootstrapServers) throws IOException {
        Path settings = Files.createTempFile(folder, "worker", ".properties");
        Files.writeString(settings, settings(pluginPath, bootstrapServers));
        Path log = Files.createTempFile(folder, "worker", ".log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                classPath(),
                                "org.apache.kafka.connect.cli.ConnectDistributed",
                                settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var worker = new Worker(process, log);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Await.until("a worker", worker::ready, worker::said);
        return worker;
    }

    private static String settings(Path pluginPath, String bootstrapServers) {
        return """
        bootstrap.servers=%s
        group.id=connect-it
        listeners=http://127.0.0.1:0
        plugin.path=%s
        plugin.discovery=service_load
        exactly.once.source.support=enabled
        key.converter=org.apache.kafka.connect.json.JsonConverter
        value.converter=org.apache.kafka.connect.json.JsonConverter
        config.storage.topic=connect-configs
        config.storage.replication.factor=1
        offset.storage.topic=connect-offsets
        offset.storage.partitions=1
        offset.storage.replication.factor=1
        status.storage.topic=connect-status
        status.storage.partitions=1
        status.storage.replication.factor=1
        offset.flush.interval.ms=500
        scheduled.rebalance.max.delay.ms=0
        session.timeout.ms=6000
        heartbeat.interval.ms=1000
        """
                .formatted(bootstrapServers, pluginPath);
    }

    /** This test's own, without anything of ours: plugins come from the plugin path alone. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(
                        entry ->
                                !entry.matches(
                                        ".*[/\\\\](flowwarden-[^/\\\\]*\\.jar|[a-z-]*classes)"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean ready() {
        if (url == null) {
            Matcher listening = LISTENING.matcher(said());
            if (!process.isAlive()) {
                throw new AssertionError("the worker ended: " + said());
            }
            if (!listening.find()) {
                return false;
            }
            url = listening.group(1);
        }
        // 404 or 500 while it still reads its topics.
        return send("GET", "/connectors", null).statusCode() == 200;
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    JsonNode get(String path) throws IOException {
        return answer(send("GET", path, null));
    }

    JsonNode put(String path, Map<String, String> body) throws IOException {
        return answer(send("PUT", path, JSON.writeValueAsString(body)));
    }

    /** Keys of a configuration that validation finds fault with, with what it says. */
    Map<String, List<String>> faults(String connector, Map<String, String> config)
            throws IOException {
        var faults = new TreeMap<String, List<String>>();
        for (JsonNode option :
                put("/connector-plugins/" + connector + "/config/validate", config)
                        .path("configs")) {
            JsonNode value = option.path("value");
            if (!value.path("errors").isEmpty()) {
                faults.put(
                        value.path("name").asText(),
                        JSON.convertValue(
                                value.path("errors"),
                                JSON.getTypeFactory()
                                        .constructCollectionType(List.class, String.class)));
            }
        }
        return faults;
    }

    /** Makes a connector and waits until it and its tasks run. */
    void run(String name, Map<String, String> config) throws IOException {
        put("/connectors/" + name + "/config", config);
        awaitRunning(name);
    }

    void awaitRunning(String name) {
        Await.until(name + " to run", () -> states(name).equals(List.of("RUNNING")), this::said);
    }

    /** States that the connector and its tasks are in; empty until there is a task. */
    private List<String> states(String name) {
        HttpResponse<String> answer = send("GET", "/connectors/" + name + "/status", null);
        if (answer.statusCode() != 200) {
            return List.of();
        }
        JsonNode status;
        try {
            status = JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
        var states = new TreeSet<String>();
        states.add(status.at("/connector/state").asText());
        status.path("tasks").forEach(task -> states.add(task.path("state").asText()));
        if (states.contains("FAILED")) {
            throw new AssertionError(status.toPrettyString());
        }
        return status.path("tasks").isEmpty() ? List.of() : List.copyOf(states);
    }

    private JsonNode answer(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + ": " + answer.body() + "\n" + said());
        }
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .header("Content-Type", "application/json")
                            .method(
                                    method,
                                    body == null
                                            ? BodyPublishers.noBody()
                                            : BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path + ": " + e + "\n" + said(), e);
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, and waits for the end. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("does not stop: " + said());
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
