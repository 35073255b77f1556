package io.flowwarden.decode.netflow;

/**
 * How an information element becomes part of a flow.
 *
 * @param name IANA's name, for messages
 * @param kind how its bytes are read
 * @param column numeric or text column it fills, the first of two for an address
 * @param rank which element wins where a template has several for one column: the lowest
 * @param size bytes of its type (RFC 7012); 0 where any length will do
 */
record Element(String name, Kind kind, int column, int rank, int size) {
    enum Kind {
        NUMBER,
        /** A number of ICMPv6 that counts only where the record's protocol is 58. */
        NUMBER_6,
        V4,
        V6,
        TYPE_CODE,
        TYPE_CODE_6,
        UPTIME,
        SECONDS,
        MILLISECONDS,
        MICROSECONDS,
        NANOSECONDS,
        DELTA,
        DURATION_MILLISECONDS,
        DURATION_MICROSECONDS,
        SYSTEM_INIT,
        FORWARDING,
        FIREWALL,
        BIFLOW,
        /** A label stack entry: label, class and bottom bit (RFC 3032 section 2.1). */
        LABEL,
        TEXT,
        APPLICATION_ID,
        FRAME,
        PACKET,
        /** Firewall event of Cisco that says why. */
        FIREWALL_REASON,
        /** Common property of Juniper; one of them says why a packet was discarded. */
        JUNIPER_PROPERTY,
        SAMPLER,
        PACKET_INTERVAL,
        PACKET_SPACE,
        SAMPLE_SIZE,
        SAMPLE_POPULATION
    }

    /** Whether a field of this many bytes can be read. */
    boolean accepts(int length) {
        return switch (kind) {
            case LABEL -> length == 3 || length == 4;
            case V4 -> length == 4;
            case V6 -> length == 16;
            case TEXT, FRAME, PACKET -> true;
            case APPLICATION_ID -> length >= 1 && length <= 9;
            case MICROSECONDS, NANOSECONDS -> length == 8;
            default -> length >= 1 && length <= 8;
        };
    }
}
