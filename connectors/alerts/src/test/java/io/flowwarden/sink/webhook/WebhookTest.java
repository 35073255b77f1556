package io.flowwarden.sink.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.sink.Alerts;
import io.flowwarden.sink.Courier;
import io.flowwarden.sink.HttpPeer;
import io.flowwarden.sink.SinkKind;
import io.flowwarden.sink.TestClock;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WebhookTest {
    private final TestClock clock = new TestClock();
    private final HttpPeer peer = new HttpPeer();

    private Courier open(String... settings) {
        var all = new HashMap<>(Map.of("url", peer.url() + "/services/secret-path"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return SinkKind.WEBHOOK.open(all, clock);
    }

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void receiverCanCheckWhoSentItAndWhen() throws InterruptedException, GeneralSecurityException {
        open("hmac.secret", "s3cret", "authorization", "Bearer token")
                .deliver(List.of(Alerts.open("a")));
        var seen = peer.seen().get(0);
        assertEquals("Bearer token", seen.headers().getFirst("Authorization"));
        assertEquals("a", seen.headers().getFirst("X-Flowwarden-Alert"));
        assertEquals("application/json", seen.headers().getFirst("Content-Type"));
        String time = seen.headers().getFirst("X-Flowwarden-Time");
        assertEquals(clock.instant().getEpochSecond(), Long.parseLong(time));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(UTF_8), "HmacSHA256"));
        mac.update((time + ".").getBytes(UTF_8));
        assertEquals(
                "sha256=" + HexFormat.of().formatHex(mac.doFinal(seen.body())),
                seen.headers().getFirst("X-Flowwarden-Signature"));
    }

    @Test
    void ourOwnJsonHasEveryKeyWhetherItApplies() throws InterruptedException {
        open().deliver(List.of(Alerts.open("a")));
        var json = peer.seen().get(0).json();
        assertEquals("alert", json.path("type").asText());
        assertEquals("replication", json.path("class").asText());
        assertEquals("2026-11-20T22:04:10.000Z", json.path("opened_at").asText());
        assertTrue(json.has("resolved_at") && json.path("resolved_at").isNull());
        assertEquals(31031, json.at("/subject/port").asInt());
        assertEquals("paris", json.at("/witnesses/0/side").asText());
        assertEquals(6, json.path("count").asLong());
    }

    @Test
    void ocsfIsPostedIfAskedFor() throws InterruptedException {
        open("format", "ocsf").deliver(List.of(Alerts.open("a")));
        assertEquals(2004, peer.seen().get(0).json().path("class_uid").asInt());
    }

    @Test
    void wrongTokenIsMendedNotRefused() throws InterruptedException {
        Courier sink = open();
        for (int status : new int[] {401, 403, 404, 429, 500, 302}) {
            peer.answers(status);
            var delivery = sink.deliver(List.of(Alerts.open("a")));
            assertEquals(0, delivery.done(), "status " + status);
            assertTrue(delivery.outage().contains(" " + status + " "), delivery.outage());
        }
        peer.answers(200);
        assertNull(sink.deliver(List.of(Alerts.open("a"))).outage());
    }

    @Test
    void secretsAreInNoReasonAndNoName() throws InterruptedException {
        Courier sink = open("authorization", "Bearer secret-token", "hmac.secret", "secret-key");
        peer.answers(500);
        String busy = sink.deliver(List.of(Alerts.open("a"))).outage();
        peer.down();
        String down = sink.deliver(List.of(Alerts.open("a"))).outage();
        peer.up();
        for (String text : new String[] {busy, down, sink.toString()}) {
            assertFalse(text.contains("secret"), text);
        }
    }
}
