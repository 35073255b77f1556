package io.flowwarden.cli;

/** Exit statuses. */
public final class Exit {
    public static final int OK = 0;

    /** Critical alerts are open. */
    public static final int CRITICAL = 1;

    /** Wrong usage, or no input could be read. */
    public static final int USAGE = 2;

    /** Our own failure. */
    public static final int FAILURE = 3;

    private Exit() {}
}
