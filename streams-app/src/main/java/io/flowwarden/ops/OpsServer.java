package io.flowwarden.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What operators and their tools ask over HTTP: {@code /metrics}, {@code /health/live} and {@code
 * /health/ready}. It only reads, and knows nothing of what it reports.
 */
public final class OpsServer implements AutoCloseable {
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService workers;

    private OpsServer(HttpServer server, ExecutorService workers) {
        this.server = server;
        this.workers = workers;
    }

    /**
     * Starts to listen.
     *
     * @param listen address and port, port 0 for a free one
     * @param metrics gives them in Prometheus text
     * @param live whether it can still do its work
     * @param ready whether it does
     * @throws IOException if the address cannot be bound
     */
    public static OpsServer start(
            InetSocketAddress listen,
            Supplier<String> metrics,
            BooleanSupplier live,
            BooleanSupplier ready)
            throws IOException {
        HttpServer server = HttpServer.create(listen, 0);
        server.createContext("/", exchange -> answer(exchange, 404, TEXT, "not found\n"));
        context(server, "/metrics", exchange -> answer(exchange, 200, METRICS, metrics.get()));
        context(server, "/health/live", exchange -> health(exchange, live));
        context(server, "/health/ready", exchange -> health(exchange, ready));
        ExecutorService workers =
                Executors.newFixedThreadPool(
                        2,
                        task -> {
                            var thread = new Thread(task, "ops-http");
                            thread.setDaemon(true);
                            return thread;
                        });
        server.setExecutor(workers);
        server.start();
        return new OpsServer(server, workers);
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Where the metrics are. */
    public String metricsUrl() {
        String host = address().getAddress().getHostAddress();
        String quoted = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "http://" + quoted + ":" + address().getPort() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    /** A context matches every path that begins like it; we answer exactly one, and only reads. */
    private static void context(HttpServer server, String path, Handler handler) {
        server.createContext(
                path,
                exchange -> {
                    String method = exchange.getRequestMethod();
                    if (!exchange.getRequestURI().getPath().equals(path)) {
                        answer(exchange, 404, TEXT, "not found\n");
                    } else if (!method.equals("GET") && !method.equals("HEAD")) {
                        answer(exchange, 405, TEXT, "only GET\n");
                    } else {
                        handler.handle(exchange);
                    }
                });
    }

    private static void health(HttpExchange exchange, BooleanSupplier healthy) throws IOException {
        boolean yes = healthy.getAsBoolean();
        answer(exchange, yes ? 200 : 503, TEXT, yes ? "yes\n" : "no\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
