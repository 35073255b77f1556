package io.flowwarden.schemas.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers as scripted, the last answer for ever, and remembers what it was asked. */
final class StubRegistry implements AutoCloseable {
    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();

    StubRegistry() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    StubRegistry(HttpServer server) {
        this.server = server;
        server.createContext(
                "/",
                exchange -> {
                    Answer answer;
                    synchronized (this) {
                        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
                        answer = answers.size() > 1 ? answers.poll() : answers.peek();
                    }
                    exchange.getRequestBody().readAllBytes();
                    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(
                            answer.status(), body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    synchronized StubRegistry answer(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized List<String> authorizations() {
        return new ArrayList<>(authorizations);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
