package io.flowwarden.cli;

/** Exit statuses (1, critical alerts open, comes with alerts). */
public final class Exit {
    public static final int OK = 0;

    /** Wrong usage, or no input could be read. */
    public static final int USAGE = 2;

    /** Our own failure. */
    public static final int FAILURE = 3;

    private Exit() {}
}
