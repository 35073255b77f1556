package io.flowwarden.cli;

/** Whether somebody watches. */
final class Terminal {
    private Terminal() {}

    /** The launcher looks, since Java cannot ask about standard error alone. */
    static boolean isStandardErrorOne() {
        return Boolean.getBoolean("flowwarden.terminal");
    }
}
