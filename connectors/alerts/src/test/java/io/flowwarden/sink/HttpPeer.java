package io.flowwarden.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of HTTP that takes everything, answers as told, or is down. */
public final class HttpPeer implements AutoCloseable {
    /** A request that was answered. */
    public record Seen(String path, Headers headers, byte[] body, int answered) {
        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private HttpServer server;
    private volatile int status = 200;

    public HttpPeer() {
        up();
        address = server.getAddress();
    }

    public void up() {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public void down() {
        server.stop(0);
    }

    /** Answers all requests from now on with this status. */
    public void answers(int status) {
        this.status = status;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            seen.add(
                    new Seen(
                            exchange.getRequestURI().toString(),
                            exchange.getRequestHeaders(),
                            body,
                            status));
            byte[] said = "as told".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, said.length);
            exchange.getResponseBody().write(said);
        }
    }

    public String url() {
        return "http://" + address.getHostString() + ":" + address.getPort();
    }

    /** Bodies that were taken. */
    public List<JsonNode> taken() {
        return seen.stream().filter(each -> each.answered() == 200).map(Seen::json).toList();
    }

    public List<Seen> seen() {
        return seen;
    }

    @Override
    public void close() {
        down();
    }
}
