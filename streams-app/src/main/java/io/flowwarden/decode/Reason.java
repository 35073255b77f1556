package io.flowwarden.decode;

/** Why input was not used: a whole raw record, a part of a datagram, a row of a log, or a set. */
public enum Reason {
    /** Nothing to read. */
    EMPTY,
    /** Ends inside a header, set, template or record. */
    TRUNCATED,
    UNKNOWN_VERSION,
    /** A length that cannot be: below its own header, or beyond what holds it. */
    BAD_LENGTH,
    /** A count that disagrees with what is there. */
    BAD_COUNT,
    /** Bytes behind the last thing that could be read. */
    TRAILING_BYTES,
    BAD_TEMPLATE,
    /** A template that is unreadable for its records would have no length. */
    EMPTY_TEMPLATE,
    /**
     * A known field in a size that it cannot have; it is skipped, the rest of its template holds.
     */
    BAD_FIELD_LENGTH,
    /** More templates or fields of one source, or of one datagram, than are kept. */
    TEMPLATE_LIMIT,
    /** More records in one datagram than are taken. */
    RECORD_LIMIT,
    /** Stored templates that this version cannot read: treated as none. */
    BAD_STATE,
    /** Skipped: data whose template has not been seen. */
    NO_TEMPLATE,
    /** Skipped: a set id without meaning. */
    RESERVED_SET,
    /** A log without a header line whose number of fields is nobody's default. */
    LOG_HEADER_UNKNOWN,
    /** Fewer values than the header has names. */
    TOO_FEW_VALUES,
    /** More values than the header has names: the row is used, the rest is not. */
    EXTRA_VALUES,
    MISSING_VALUE,
    BAD_VALUE,
    /** The registry does not answer, and a record of {@code flows-in} needs a schema of it. */
    SCHEMA_UNAVAILABLE,
    /** A record of {@code flows-in} that its schema does not read, or that names no schema. */
    BAD_AVRO,
    /** A record of a JSON log that is no JSON, or cut. */
    BAD_JSON,
    /** A datagram of an exporter that the list of exporters does not have. */
    UNLISTED_EXPORTER,
    /** Our own fault: an exception, turned into a rejection so that one record stops nothing. */
    DECODER_FAULT
}
