package io.flowwarden.alert;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times in sentences, UTC. */
final class Times {
    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final long DAY = 86_400_000;

    private Times() {}

    static String full(long at) {
        return FULL.format(Instant.ofEpochMilli(at));
    }

    /** Time of day where the other time, named before, is of the same day. */
    static String after(long at, long named) {
        return at / DAY == named / DAY ? SHORT.format(Instant.ofEpochMilli(at)) : full(at);
    }

    /** A span, e.g. {@code 90s}, {@code 15m}, {@code 36h}. */
    static String span(long millis) {
        long seconds = millis / 1000;
        if (seconds >= 3600 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds >= 60 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
