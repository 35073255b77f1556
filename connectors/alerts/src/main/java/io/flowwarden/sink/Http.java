package io.flowwarden.sink;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Posts JSON. Reasons name scheme, host and port only: the rest of an address may be a secret. */
public final class Http {
    /**
     * Answers about the body sent. All others, 401 and 404 included, are about the receiver or our
     * settings, which somebody may mend.
     */
    private static final Set<Integer> ABOUT_THE_BODY = Set.of(400, 413, 415, 422);

    private final HttpClient client;
    private final Duration timeout;
    private final String authorization;

    /**
     * @param tls null for the platform's
     * @param timeout of a whole request
     * @param authorization value of that header, or null for none
     */
    public Http(SSLContext tls, Duration timeout, String authorization) {
        var builder =
                HttpClient.newBuilder()
                        // 2 would add an upgrade header that some receivers refuse.
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout);
        this.client = (tls == null ? builder : builder.sslContext(tls)).build();
        this.timeout = timeout;
        this.authorization = authorization;
    }

    public Answer post(URI to, byte[] json, Map<String, String> headers)
            throws InterruptedException {
        return post(List.of(to), json, headers).get(0);
    }

    /** To all at once; an answer for each. */
    public List<Answer> post(List<URI> to, byte[] json, Map<String, String> headers)
            throws InterruptedException {
        var sent = to.stream().map(each -> start(each, json, headers)).toList();
        var answers = new java.util.ArrayList<Answer>();
        for (int i = 0; i < sent.size(); i++) {
            answers.add(answer(to.get(i), sent.get(i)));
        }
        return answers;
    }

    private CompletableFuture<HttpResponse<String>> start(
            URI to, byte[] json, Map<String, String> headers) {
        var request =
                HttpRequest.newBuilder(to)
                        .timeout(timeout)
                        .header("Content-Type", "application/json")
                        .header("User-Agent", "flowwarden")
                        .POST(BodyPublishers.ofByteArray(json));
        headers.forEach(request::header);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.sendAsync(request.build(), info -> new BodyHead());
    }

    private Answer answer(URI to, CompletableFuture<HttpResponse<String>> sent)
            throws InterruptedException {
        String where = where(to);
        try {
            HttpResponse<String> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            if (status / 100 == 2) {
                return Answer.TAKEN;
            }
            String reason = where + " answered " + status + " " + response.body().strip();
            return ABOUT_THE_BODY.contains(status) ? Answer.refused(reason) : Answer.outage(reason);
        } catch (ExecutionException failed) {
            return Answer.outage(where + ": " + failed.getCause());
        } catch (TimeoutException late) {
            sent.cancel(true);
            return Answer.outage(where + ": no answer within " + timeout.toMillis() + " ms");
        }
    }

    /** Scheme, host and port. */
    public static String where(URI to) {
        return to.getScheme() + "://" + to.getHost() + (to.getPort() < 0 ? "" : ":" + to.getPort());
    }
}
