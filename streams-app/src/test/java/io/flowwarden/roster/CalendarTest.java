package io.flowwarden.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.roster.Calendar.Opening;
import io.flowwarden.schemas.Window;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private static final List<String> WORKDAYS = List.of("mon", "tue", "wed", "thu", "fri");

    @Test
    void aNightGoesOnBehindMidnight() {
        var nightly =
                new Calendar(new Window(22 * 60, 22 * 60 + 30, 4 * 60, "Europe/Paris"), WORKDAYS);
        // Friday evening in November is UTC+1.
        Opening friday = nightly.lastBefore(at("2026-11-21T02:00:00Z"));
        assertEquals(
                "2026-11-20T21:00:00Z by 2026-11-20T21:30:00Z to 2026-11-21T03:00:00Z",
                text(friday));
        assertTrue(friday.contains(at("2026-11-21T02:59:59Z")));
        assertEquals(
                friday, nightly.lastBefore(at("2026-11-22T12:00:00Z")), "no night on saturday");
        assertEquals(
                "2026-11-23T21:00:00Z by 2026-11-23T21:30:00Z to 2026-11-24T03:00:00Z",
                text(nightly.nextAfter(at("2026-11-21T02:00:00Z"))));
    }

    @Test
    void aSkippedTimeMovesForwardInParisAndInNewYork() {
        // Both skip from 02:00 to 03:00, Paris on 29 March 2026, New York on 8 March 2026.
        var paris = new Calendar(new Window(150, 165, 240, "Europe/Paris"), List.of());
        assertEquals(
                "2026-03-29T01:30:00Z by 2026-03-29T01:45:00Z to 2026-03-29T02:00:00Z",
                text(paris.lastBefore(at("2026-03-29T12:00:00Z"))));
        var newYork = new Calendar(new Window(150, 165, 240, "America/New_York"), List.of());
        assertEquals(
                "2026-03-08T07:30:00Z by 2026-03-08T07:45:00Z to 2026-03-08T08:00:00Z",
                text(newYork.lastBefore(at("2026-03-08T18:00:00Z"))));
    }

    @Test
    void ofADoubledTimeTheStartTakesTheFirstAndTheEndTheSecond() {
        // Both go back from 03:00 or 02:00, Paris on 25 October 2026, New York on 1 November 2026.
        var paris = new Calendar(new Window(130, null, 150, "Europe/Paris"), List.of());
        assertEquals(
                "2026-10-25T00:10:00Z by 2026-10-25T01:30:00Z to 2026-10-25T01:30:00Z",
                text(paris.lastBefore(at("2026-10-25T12:00:00Z"))));
        var newYork = new Calendar(new Window(70, null, 90, "America/New_York"), List.of());
        assertEquals(
                "2026-11-01T05:10:00Z by 2026-11-01T06:30:00Z to 2026-11-01T06:30:00Z",
                text(newYork.lastBefore(at("2026-11-01T18:00:00Z"))));
    }

    @Test
    void aNightAcrossTheChangeIsAnHourLongerOrShorter() {
        for (String zone : List.of("Europe/Paris", "America/New_York")) {
            var nightly = new Calendar(new Window(22 * 60, null, 4 * 60, zone), List.of());
            Opening autumn =
                    nightly.lastBefore(
                            zone.startsWith("Europe")
                                    ? at("2026-10-25T01:00:00Z")
                                    : at("2026-11-01T06:00:00Z"));
            assertEquals(7, (autumn.end() - autumn.start()) / 3_600_000, zone);
            Opening spring =
                    nightly.lastBefore(
                            zone.startsWith("Europe")
                                    ? at("2026-03-29T00:30:00Z")
                                    : at("2026-03-08T06:30:00Z"));
            assertEquals(5, (spring.end() - spring.start()) / 3_600_000, zone);
        }
    }

    @Test
    void anyTimeLiesBetweenTheLastOpeningAndTheNext() {
        var random = new Random(3);
        var calendar = new Calendar(new Window(1_380, 30, 90, "Europe/Paris"), WORKDAYS);
        for (int i = 0; i < 2_000; i++) {
            long now =
                    at("2026-01-01T00:00:00Z") + (long) (random.nextDouble() * 365 * 86_400_000d);
            Opening last = calendar.lastBefore(now);
            Opening next = calendar.nextAfter(now);
            assertTrue(
                    last.start() <= now && now < next.start(), Instant.ofEpochMilli(now)::toString);
            assertTrue(
                    last.start() < last.startBy() && last.startBy() <= last.end(), last::toString);
            assertEquals(next, calendar.lastBefore(next.start()));
        }
    }

    @Test
    void noDayNoOpening() {
        assertNull(
                new Calendar(new Window(0, null, 60, "UTC"), List.of("someday"))
                        .lastBefore(at("2026-01-01T00:00:00Z")));
    }

    private static long at(String text) {
        return Instant.parse(text).toEpochMilli();
    }

    private static String text(Opening opening) {
        return Instant.ofEpochMilli(opening.start())
                + " by "
                + Instant.ofEpochMilli(opening.startBy())
                + " to "
                + Instant.ofEpochMilli(opening.end());
    }
}
