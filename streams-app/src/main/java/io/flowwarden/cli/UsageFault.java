package io.flowwarden.cli;

/** What the user asked for cannot be done as asked; the message says why. Ends with status 2. */
public final class UsageFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageFault(String message) {
        super(message);
    }
}
