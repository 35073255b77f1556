package io.flowwarden.sink.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowwarden.sink.HttpPeer;
import io.flowwarden.sink.SinkContract;
import io.flowwarden.sink.SinkKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

final class AlertmanagerContractTest extends SinkContract {
    private final HttpPeer peer = new HttpPeer();

    @Override
    protected SinkKind kind() {
        return SinkKind.ALERTMANAGER;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("urls", peer.url());
    }

    @Override
    protected List<Heard> heard() {
        var heard = new ArrayList<Heard>();
        for (JsonNode body : peer.taken()) {
            for (JsonNode alert : body) {
                Instant end = Instant.parse(alert.path("endsAt").asText());
                heard.add(
                        new Heard(
                                alert.at("/labels/id").asText(),
                                end.isAfter(clock.instant()) ? "OPEN" : "RESOLVED",
                                alert.at("/annotations/title").asText(),
                                alert.at("/annotations/explanation").asText()));
            }
        }
        return heard;
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
