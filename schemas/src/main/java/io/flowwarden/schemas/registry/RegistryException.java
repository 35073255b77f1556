package io.flowwarden.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * A registry refused, or none of them answered. The message names address, subject or id, status
 * and error code.
 */
public final class RegistryException extends SerializationException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int errorCode;

    RegistryException(String message, int status, int errorCode, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.errorCode = errorCode;
    }

    /** HTTP status; 0 where no registry answered. */
    public int status() {
        return status;
    }

    /**
     * The registry's own code, e.g. 40401 subject, 40403 schema not found; 0 where it gave none.
     */
    public int errorCode() {
        return errorCode;
    }

    /**
     * True where asking again later may help: no answer, or only server errors. Data is not at
     * fault then.
     */
    public boolean outage() {
        return status == 0 || status >= 500 || status == 429;
    }

    public boolean notFound() {
        return status == 404;
    }
}
