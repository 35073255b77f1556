package io.flowwarden.sink.alertmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Alerts;
import io.flowwarden.sink.Courier;
import io.flowwarden.sink.HttpPeer;
import io.flowwarden.sink.SinkKind;
import io.flowwarden.sink.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlertmanagerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final HttpPeer first = new HttpPeer();
    private final HttpPeer second = new HttpPeer();
    private final Courier sink = open(Map.of("urls", first.url() + "," + second.url() + "/am/"));

    private Courier open(Map<String, String> settings) {
        return SinkKind.ALERTMANAGER.open(settings, clock);
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private void deliver(Alert... alerts) throws InterruptedException {
        assertNull(sink.deliver(List.of(alerts)).outage());
    }

    /** Alerts of the requests since the last call, as the first member got them. */
    private List<JsonNode> posted() {
        var alerts = new ArrayList<JsonNode>();
        first.taken().forEach(body -> body.forEach(alerts::add));
        first.seen().clear();
        return alerts;
    }

    private boolean fires(JsonNode posted) {
        return Instant.parse(posted.path("endsAt").asText()).isAfter(clock.instant());
    }

    @Test
    void labelsAreIdentityAndHoldNeitherValuesNorTimes() throws InterruptedException {
        Alert alert = Alerts.open("a");
        deliver(alert);
        JsonNode labels = posted().get(0).path("labels");
        assertEquals("REPLICATION_BLOCKED", labels.path("alertname").asText());
        assertEquals("a", labels.path("incident").asText());
        alert.setCount(7);
        alert.setBytes(1L << 40);
        alert.setLastSeen(alert.getLastSeen() + 5_000);
        alert.setTitle("7 times");
        alert.setExplanation("since long");
        alert.setEvidence(List.of("more"));
        deliver(alert);
        JsonNode later = posted().get(0);
        assertEquals(labels, later.path("labels"));
        assertEquals("7 times", later.at("/annotations/title").asText());
        var names = new TreeSet<String>();
        labels.fieldNames().forEachRemaining(names::add);
        assertEquals(
                new TreeSet<>(
                        List.of(
                                "alertname",
                                "id",
                                "class",
                                "severity",
                                "link",
                                "client",
                                "server",
                                "client_site",
                                "server_site",
                                "incident")),
                names);
    }

    @Test
    void whatFiresIsSentAgainWithAnEndThreeRoundsAhead() throws InterruptedException {
        deliver(Alerts.open("a"));
        posted();
        clock.advance(MINUTE.minusMillis(1));
        assertEquals(Duration.ofMillis(1), sink.upkeep());
        assertEquals(List.of(), posted());
        for (int round = 0; round < 3; round++) {
            clock.advance(MINUTE);
            assertEquals(MINUTE, sink.upkeep());
            JsonNode again = posted().get(0);
            assertEquals(Alerts.OPENED, Instant.parse(again.path("startsAt").asText()));
            assertEquals(
                    clock.instant().plus(MINUTE.multipliedBy(3)),
                    Instant.parse(again.path("endsAt").asText()));
        }
    }

    @Test
    void endIsToldFiveTimesAndThenNoMore() throws InterruptedException {
        deliver(Alerts.open("a"));
        deliver(Alerts.resolved("a"));
        posted();
        for (int round = 2; round <= 5; round++) {
            clock.advance(MINUTE);
            sink.upkeep();
            JsonNode end = posted().get(0);
            assertEquals(
                    Alerts.OPENED.plusSeconds(600), Instant.parse(end.path("endsAt").asText()));
        }
        clock.advance(MINUTE);
        sink.upkeep();
        assertEquals(List.of(), posted());
    }

    @Test
    void anotherSeverityEndsTheOldLabelsInTheSameRequest() throws InterruptedException {
        deliver(Alerts.open("a"));
        posted();
        Alert changed = Alerts.open("a");
        changed.setSeverity("warning");
        deliver(changed);
        var steps = new HashMap<String, Boolean>();
        posted().forEach(each -> steps.put(each.at("/labels/severity").asText(), fires(each)));
        assertEquals(Map.of("critical", false, "warning", true), steps);
    }

    @Test
    void everyMemberGetsEverythingAndOneIsEnough() throws InterruptedException {
        deliver(Alerts.open("a"));
        assertEquals("/api/v2/alerts", first.seen().get(0).path());
        assertEquals("/am/api/v2/alerts", second.seen().get(0).path());
        second.down();
        deliver(Alerts.open("b"));
        second.up();
        first.down();
        deliver(Alerts.open("c"));
        second.down();
        assertNotNull(sink.deliver(List.of(Alerts.open("d"))).outage());
        second.up();
        second.seen().clear();
        clock.advance(MINUTE);
        sink.upkeep();
        var ids = new TreeSet<String>();
        second.taken().forEach(body -> body.forEach(a -> ids.add(a.at("/labels/id").asText())));
        assertEquals(new TreeSet<>(List.of("a", "b", "c", "d")), ids);
        first.up();
    }

    @Test
    void childrenCarryTheIdAtTheBeginningOfTheirCauses() throws InterruptedException {
        deliver(Alerts.open("root"), Alerts.child("child", "root"), Alerts.child("leaf", "child"));
        var incidents = new HashMap<String, String>();
        var causes = new HashMap<String, String>();
        for (JsonNode each : posted()) {
            incidents.put(each.at("/labels/id").asText(), each.at("/labels/incident").asText());
            causes.put(each.at("/labels/id").asText(), each.at("/labels/cause").asText(null));
        }
        assertEquals(Map.of("root", "root", "child", "root", "leaf", "root"), incidents);
        assertEquals("child", causes.get("leaf"));
        assertNull(causes.get("root"));
    }

    @Test
    void causesInACircleEnd() throws InterruptedException {
        deliver(Alerts.child("a", "b"), Alerts.child("b", "a"));
        assertEquals(2, posted().size());
    }

    @Test
    void restoredAlertsFireWhenTheOldRecordsAreRead() throws InterruptedException {
        sink.restore(Alerts.open("a"));
        sink.restore(Alerts.open("b"));
        clock.advance(Duration.ofSeconds(3));
        sink.restore(Alerts.resolved("a"));
        clock.advance(Duration.ofSeconds(3));
        assertEquals(Duration.ofSeconds(2), sink.upkeep());
        assertEquals(List.of(), posted(), "old records may still come");
        clock.advance(Duration.ofSeconds(2));
        sink.upkeep();
        var sent = posted();
        assertEquals(1, sent.size());
        assertEquals("b", sent.get(0).at("/labels/id").asText());
    }

    @Test
    void mutedAlertEndsAndBeginsAgain() throws InterruptedException {
        Alert muted = Alerts.open("a");
        muted.setMutedBy("fw-upgrade");
        deliver(muted);
        assertEquals(List.of(), posted(), "never fired");
        deliver(Alerts.open("a"));
        deliver(muted);
        var sent = posted();
        assertTrue(fires(sent.get(0)));
        assertFalse(fires(sent.get(1)));
        deliver(Alerts.open("a"));
        assertTrue(fires(posted().get(0)));
    }

    @Test
    void timesBeyondTheClockAreNotSent() throws InterruptedException {
        Alert ahead = Alerts.resolved("a");
        ahead.setOpenedAt(clock.instant().plusSeconds(60).toEpochMilli());
        ahead.setResolvedAt(clock.instant().plusSeconds(60).toEpochMilli());
        deliver(ahead);
        JsonNode sent = posted().get(0);
        Instant start = Instant.parse(sent.path("startsAt").asText());
        Instant end = Instant.parse(sent.path("endsAt").asText());
        assertTrue(start.isBefore(end), sent.toString());
        assertFalse(end.isAfter(clock.instant()), sent.toString());
    }

    @Test
    void oneBadAlertOfManyIsFound() throws InterruptedException {
        first.answers(400);
        second.answers(400);
        var delivery = sink.deliver(List.of(Alerts.open("a"), Alerts.open("b")));
        assertEquals(2, delivery.refused().size());
        first.answers(200);
        second.answers(200);
        clock.advance(MINUTE);
        sink.upkeep();
        assertEquals(List.of(), posted(), "what is refused is not sent again");
    }

    @Test
    void beyondTheMostAChildMakesRoomBeforeItsCause() throws InterruptedException {
        Courier small = open(Map.of("urls", first.url(), "firing.max", "2"));
        small.deliver(List.of(Alerts.open("root")));
        small.deliver(List.of(Alerts.child("x", "root"), Alerts.child("y", "root")));
        posted();
        clock.advance(MINUTE);
        small.upkeep();
        var ids = new TreeSet<String>();
        posted().forEach(each -> ids.add(each.at("/labels/id").asText()));
        assertEquals(new TreeSet<>(List.of("root", "y")), ids);
    }

    @Test
    void manyAlertsAreSentInPartsAndInOrder() throws InterruptedException {
        var many = new ArrayList<Alert>();
        for (int i = 0; i < 600; i++) {
            many.add(Alerts.open("a" + i));
        }
        deliver(many.toArray(Alert[]::new));
        assertEquals(3, first.seen().size());
        var sent = posted();
        assertEquals(600, sent.size());
        assertEquals("a599", sent.get(599).at("/labels/id").asText());
    }
}
