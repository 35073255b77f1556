package io.flowwarden.sink.alertmanager;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** An alert of the request's body; names are the API's. */
record Posted(
        Map<String, String> labels,
        Map<String, String> annotations,
        String startsAt,
        String endsAt) {
    /** Ends that are sent for something that fires lie so many rounds ahead: two may get lost. */
    private static final int ROUNDS_AHEAD = 3;

    static Posted of(Map<String, String> labels, Firing firing, Instant now, Duration resend) {
        return firing.end() == null
                ? new Posted(
                        labels,
                        firing.annotations(),
                        firing.since().toString(),
                        now.plus(resend.multipliedBy(ROUNDS_AHEAD)).toString())
                : ended(labels, firing, firing.end());
    }

    static Posted ended(Map<String, String> labels, Firing firing, Instant end) {
        // An alert that ends when it starts, or before, is refused.
        Instant since = firing.since().isBefore(end) ? firing.since() : end.minusMillis(1);
        return new Posted(labels, firing.annotations(), since.toString(), end.toString());
    }
}
