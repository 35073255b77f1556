package io.flowwarden.sink;

import java.time.Duration;

/**
 * How patient to be with a receiver that does not take alerts.
 *
 * @param first pause after the first failure; doubles with each
 * @param longest pause
 * @param giveUp how long an outage lasts until what waits is given up
 */
public record Retries(Duration first, Duration longest, Duration giveUp) {
    public static Retries givingUpAfter(Duration giveUp) {
        return new Retries(Duration.ofSeconds(1), Duration.ofMinutes(1), giveUp);
    }

    /** Pause after so many failures in a row, at least one. */
    Duration pause(int failures) {
        Duration pause = first;
        for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
