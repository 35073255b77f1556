package io.flowwarden.topics;

/** The cluster did not do, or not answer, what was asked about a topic. */
public final class TopicAdminException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TopicAdminException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    static TopicAdminException interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new TopicAdminException("interrupted", stopped);
    }
}
