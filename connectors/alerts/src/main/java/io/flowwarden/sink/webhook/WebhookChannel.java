package io.flowwarden.sink.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Activity;
import io.flowwarden.sink.Answer;
import io.flowwarden.sink.Channel;
import io.flowwarden.sink.Http;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;

/** One POST for each step of an alert. */
final class WebhookChannel implements Channel {
    private final Http http;
    private final URI url;
    private final Body body;
    private final Signature signature;
    private final InstantSource clock;

    /**
     * @param signature null for none
     */
    WebhookChannel(Http http, URI url, Body body, Signature signature, InstantSource clock) {
        this.http = http;
        this.url = url;
        this.body = body;
        this.signature = signature;
        this.clock = clock;
    }

    @Override
    public Answer send(Alert alert, Activity activity) throws InterruptedException {
        Instant now = clock.instant();
        byte[] json = body.of(alert, activity, now).toString().getBytes(UTF_8);
        var headers = new HashMap<String, String>();
        headers.put("X-Flowwarden-Alert", alert.getId());
        if (signature != null) {
            long time = now.getEpochSecond();
            headers.put("X-Flowwarden-Time", Long.toString(time));
            headers.put("X-Flowwarden-Signature", signature.of(time, json));
        }
        return http.post(url, json, headers);
    }

    @Override
    public void close() {
        // Connections are the client's, which keeps none that is not in use for long.
    }

    @Override
    public String toString() {
        return "webhook " + Http.where(url);
    }
}
