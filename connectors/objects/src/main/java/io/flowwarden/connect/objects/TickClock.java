package io.flowwarden.connect.objects;

import java.time.Duration;
import java.time.Instant;

/** When the next tick is due. */
final class TickClock {
    static final Duration INTERVAL = Duration.ofMillis(200);

    private Instant written;
    private Instant time = Instant.MIN;

    /** Time until the next tick; nothing where it is due. */
    Duration until(Instant now) {
        // A clock that was set back may not stop the ticks until it is where it was.
        if (written == null || now.isBefore(written)) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, written.plus(INTERVAL));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * The time of a tick that is written now; it never goes back, even if the clock does.
     *
     * @return null if none is due
     */
    Instant take(Instant now) {
        if (!until(now).isZero()) {
            return null;
        }
        written = now;
        time = now.isAfter(time) ? now : time;
        return time;
    }
}
