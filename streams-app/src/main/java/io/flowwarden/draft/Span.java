package io.flowwarden.draft;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** From when to when something was seen. */
final class Span {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(long from, long to) {
        first = Math.min(first, from);
        last = Math.max(last, to);
    }

    void add(Span other) {
        if (other.isKnown()) {
            add(other.first, other.last);
        }
    }

    boolean isKnown() {
        return first <= last;
    }

    /** Epoch ms. */
    long first() {
        return first;
    }

    /** Epoch ms. */
    long last() {
        return last;
    }

    String text() {
        if (!isKnown()) {
            return "at unknown times";
        }
        String from = SECONDS.format(Instant.ofEpochMilli(first));
        String to = SECONDS.format(Instant.ofEpochMilli(last));
        return from.equals(to) ? from : from + " to " + to;
    }
}
