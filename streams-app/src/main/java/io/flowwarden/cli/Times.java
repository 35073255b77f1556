package io.flowwarden.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as they are printed: UTC, to the millisecond. */
final class Times {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private Times() {}

    static String utc(long epochMillis) {
        return ISO.format(Instant.ofEpochMilli(epochMillis));
    }

    /** For tables read by people. */
    static String seconds(long epochMillis) {
        return SHORT.format(Instant.ofEpochMilli(epochMillis));
    }
}
