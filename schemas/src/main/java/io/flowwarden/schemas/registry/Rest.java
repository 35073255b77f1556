package io.flowwarden.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Requests with fail-over, retries and credentials. Knows JSON and status codes, nothing of
 * schemas.
 */
final class Rest {
    private final List<Address> addresses;
    private final String authorization;
    private final Duration readTimeout;
    private final int retries;
    private final long wait;
    private final long maxWait;
    private final Pace pace;
    private final HttpClient http;

    /** The address that answered last; tried first. */
    private volatile int preferred;

    Rest(RegistryConfig config, Pace pace) {
        this.addresses = config.urls();
        this.authorization = config.authorization();
        this.readTimeout = Duration.ofMillis(config.getInt(RegistryConfig.READ_TIMEOUT));
        this.retries = config.getInt(RegistryConfig.MAX_RETRIES);
        this.wait = config.getLong(RegistryConfig.RETRY_WAIT);
        this.maxWait = config.getLong(RegistryConfig.RETRY_MAX_WAIT);
        this.pace = pace;
        var http =
                HttpClient.newBuilder()
                        // Over clear text the default tries an upgrade to HTTP/2, which some
                        // proxies answer with 400.
                        .version(HttpClient.Version.HTTP_1_1)
                        // A redirect would carry the credentials to another host.
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(
                                Duration.ofMillis(config.getInt(RegistryConfig.CONNECT_TIMEOUT)));
        if (addresses.stream().anyMatch(a -> a.base().getScheme().equals("https"))) {
            // Kafka's own reader of stores and PEM, so that ssl.* means the same here as for the
            // brokers.
            var ssl = new DefaultSslEngineFactory();
            ssl.configure(config.values());
            http.sslContext(ssl.sslContext()).sslParameters(parameters(config, ssl));
        }
        this.http = http.build();
    }

    private static javax.net.ssl.SSLParameters parameters(
            RegistryConfig config, DefaultSslEngineFactory ssl) {
        var parameters = ssl.sslContext().getDefaultSSLParameters();
        parameters.setProtocols(
                config.getList(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG).toArray(String[]::new));
        var ciphers = config.getList(SslConfigs.SSL_CIPHER_SUITES_CONFIG);
        if (ciphers != null && !ciphers.isEmpty()) {
            parameters.setCipherSuites(ciphers.toArray(String[]::new));
        }
        return parameters;
    }

    JsonNode get(String path, String about) {
        return ask("GET", path, null, about);
    }

    JsonNode post(String path, Map<String, ?> body, String about) {
        return ask("POST", path, body, about);
    }

    JsonNode put(String path, Map<String, ?> body, String about) {
        return ask("PUT", path, body, about);
    }

    /** All addresses in turn, the whole round again after a pause; refusals (4xx) are final. */
    private JsonNode ask(String method, String path, Map<String, ?> body, String about) {
        String json = json(body);
        RegistryException last = null;
        for (int round = 0; round <= retries; round++) {
            if (round > 0) {
                long most = Math.min(maxWait, wait << Math.min(round - 1, 20));
                pace.pause((long) (most * (1 - pace.chance() / 2)));
            }
            int first = preferred;
            for (int i = 0; i < addresses.size(); i++) {
                int at = (first + i) % addresses.size();
                try {
                    JsonNode answer = once(addresses.get(at), method, path, json, about);
                    preferred = at;
                    return answer;
                } catch (RegistryException e) {
                    if (!e.outage()) {
                        throw e;
                    }
                    if (last != null) {
                        e.addSuppressed(last);
                    }
                    last = e;
                }
            }
        }
        throw new RegistryException(
                last.getMessage()
                        + " ("
                        + addresses.size()
                        + " address(es), "
                        + (retries + 1)
                        + " round(s))",
                last.status(),
                last.errorCode(),
                last);
    }

    private JsonNode once(Address address, String method, String path, String json, String about) {
        var request =
                HttpRequest.newBuilder(URI.create(address.base() + path))
                        .timeout(readTimeout)
                        .header("Accept", Json.CONTENT_TYPE + ", application/json")
                        .header("Content-Type", Json.CONTENT_TYPE)
                        .method(
                                method,
                                json == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(json));
        String credentials = authorization != null ? authorization : address.authorization();
        if (credentials != null) {
            request.header("Authorization", credentials);
        }
        String what = "schema registry " + address + ": " + about + ": ";
        HttpResponse<String> answer;
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "" : " " + e.getMessage();
            throw new RegistryException(
                    what + "no answer: " + e.getClass().getSimpleName() + reason, 0, 0, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        int status = answer.statusCode();
        JsonNode parsed = parse(answer.body());
        if (status / 100 != 2) {
            int code = parsed.path("error_code").asInt(0);
            String detail = parsed.path("message").asText("");
            throw new RegistryException(
                    what
                            + "status "
                            + status
                            + (code == 0 ? "" : ", error_code " + code)
                            + (detail.isEmpty() ? "" : ": " + detail),
                    status,
                    code,
                    null);
        }
        if (parsed.isMissingNode()) {
            throw new RegistryException(
                    what + "status " + status + ", but the answer is not JSON", status, 0, null);
        }
        return parsed;
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode parsed = Json.MAPPER.readTree(body);
            return parsed == null ? MissingNode.getInstance() : parsed;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String json(Map<String, ?> body) {
        try {
            return body == null ? null : Json.MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + body, e);
        }
    }
}
