package io.flowwarden.lab;

import io.flowwarden.decode.golden.Json;
import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Alertmanager with the configuration of deploy, asked by amtool. */
final class Alertmanager implements AutoCloseable {
    private static final Path CONFIG =
            Path.of("..", "deploy", "alertmanager", "alertmanager.yml").toAbsolutePath();

    private final Path folder;
    private final String url;
    private final Activity server;

    private Alertmanager(Path folder, int port) {
        this.folder = folder;
        this.url = "http://127.0.0.1:" + port;
        this.server =
                new Activity(
                        List.of(
                                "prometheus-alertmanager",
                                "--config.file=" + CONFIG,
                                "--storage.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--cluster.listen-address="),
                        folder.resolve("alertmanager.log"));
    }

    /** Starts it. Skips the test, or fails it if peers are required, where it is not installed. */
    static Alertmanager start(Path folder) throws IOException {
        Tool.require(folder, "prometheus-alertmanager", "prometheus-alertmanager", "--version");
        Tool.require(folder, "prometheus-alertmanager", "amtool", "--version");
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var started = new Alertmanager(folder, free);
        started.server.start().awaitSaying("Listening");
        return started;
    }

    String url() {
        return url;
    }

    /** Returns once amtool shows this alert. */
    void awaitFiring(String id) {
        Await.until("firing: " + id, () -> shows(id), this::shown);
    }

    /** Returns once amtool does not show this alert any more. */
    void awaitResolved(String id) {
        Await.until("resolved: " + id, () -> !shows(id), this::shown);
    }

    private boolean shows(String id) {
        return shown().stream().anyMatch(labels -> id.equals(labels.get("id")));
    }

    /** Labels of what it shows, what it inhibits included. */
    private List<Map<String, Object>> shown() {
        try {
            String answer =
                    Tool.run(
                            folder,
                            List.of(
                                    "amtool",
                                    "--alertmanager.url=" + url,
                                    "--output=json",
                                    "alert",
                                    "query",
                                    "--active",
                                    "--unprocessed",
                                    "--inhibited"));
            return ((List<?>) Json.read(answer))
                    .stream().map(each -> Json.object(Json.object(each).get("labels"))).toList();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
