package io.flowwarden.sink;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is told to go on. */
public final class TestClock implements InstantSource {
    private volatile Instant now = Alerts.OPENED.plusSeconds(3_600);

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }
}
