package io.flowwarden.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class OpsServerTest {
    private final AtomicBoolean ready = new AtomicBoolean();

    @Test
    void answersMetricsAndHealthAndNothingElse() throws Exception {
        var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var server = OpsServer.start(listen, () -> "a_total 1\n", () -> true, ready::get)) {
            HttpResponse<String> metrics = get(server, "/metrics");
            assertEquals("a_total 1\n", metrics.body());
            assertTrue(
                    metrics.headers()
                            .firstValue("Content-Type")
                            .orElse("")
                            .startsWith("text/plain; version=0.0.4"));
            assertEquals(200, get(server, "/health/live").statusCode());
            assertEquals(503, get(server, "/health/ready").statusCode());
            ready.set(true);
            assertEquals(200, get(server, "/health/ready").statusCode());
            assertEquals(404, get(server, "/metrics/x").statusCode());
            assertEquals(404, get(server, "/").statusCode());
            assertEquals(405, send(server, "/metrics", "POST").statusCode());
        }
    }

    private static HttpResponse<String> get(OpsServer server, String path) throws Exception {
        return send(server, path, "GET");
    }

    private static HttpResponse<String> send(OpsServer server, String path, String method)
            throws IOException, InterruptedException {
        var uri = URI.create(server.metricsUrl()).resolve(path);
        var request =
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
