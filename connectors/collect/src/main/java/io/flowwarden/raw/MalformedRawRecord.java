package io.flowwarden.raw;

/** A record of the raw topic whose key or headers do not say what it is. */
public final class MalformedRawRecord extends Exception {
    private static final long serialVersionUID = 1;

    /** What a rejected record of this kind is counted under. */
    public static final String REASON = "BAD_HEADERS";

    MalformedRawRecord(String detail) {
        // Without a stack trace: it is an answer, not a failure, and may come with every record.
        super(detail, null, false, false);
    }
}
