package io.flowwarden.sink.webhook;

import io.flowwarden.sink.HttpPeer;
import io.flowwarden.sink.SinkContract;
import io.flowwarden.sink.SinkKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

final class WebhookContractTest extends SinkContract {
    private final HttpPeer peer = new HttpPeer();

    @Override
    protected SinkKind kind() {
        return SinkKind.WEBHOOK;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", peer.url() + "/hook");
    }

    @Override
    protected List<Heard> heard() {
        return peer.taken().stream()
                .map(
                        body ->
                                new Heard(
                                        body.path("id").asText(),
                                        body.path("state").asText(),
                                        body.path("title").asText(),
                                        body.path("explanation").asText()))
                .toList();
    }

    @Override
    protected void down() {
        peer.down();
    }

    @Override
    protected void up() {
        peer.up();
    }

    @Override
    protected boolean busy() {
        peer.answers(503);
        return true;
    }

    @Override
    protected boolean refusing() {
        peer.answers(400);
        return true;
    }

    @Override
    protected void willing() {
        peer.answers(200);
    }

    @AfterEach
    void closePeer() {
        peer.close();
    }
}
