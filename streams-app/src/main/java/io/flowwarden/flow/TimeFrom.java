package io.flowwarden.flow;

import java.util.Locale;

/** Which statement of the exporter start and end were taken from. */
public enum TimeFrom {
    /** Milliseconds of exporter uptime, made absolute with the header (RFC 3954 section 5.1). */
    UPTIME,
    SECONDS,
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS,
    /** Microseconds before the export time (IE 158, 159). */
    DELTA,
    /** No times in the record: the export time of the datagram. */
    EXPORT,
    /** Neither in the record nor in the datagram (sFlow): when it was received. */
    RECEIVED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
