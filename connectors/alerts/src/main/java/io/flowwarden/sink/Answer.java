package io.flowwarden.sink;

/**
 * What a receiver made of a message.
 *
 * @param reason null if it took it
 */
public record Answer(Status status, String reason) {
    /** REFUSED: this message, for good. OUTAGE: not now. */
    public enum Status {
        TAKEN,
        REFUSED,
        OUTAGE
    }

    public static final Answer TAKEN = new Answer(Status.TAKEN, null);

    public static Answer refused(String reason) {
        return new Answer(Status.REFUSED, reason);
    }

    public static Answer outage(String reason) {
        return new Answer(Status.OUTAGE, reason);
    }
}
