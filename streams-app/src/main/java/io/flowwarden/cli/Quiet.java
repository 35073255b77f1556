package io.flowwarden.cli;

/**
 * Keeps the log of an embedded broker, which warns a lot about being alone, off the terminal.
 * {@code FLOWWARDEN_DEBUG} leaves it there.
 */
final class Quiet {
    private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    private Quiet() {}

    /** To be called before anything logs. */
    static void please() {
        if (System.getenv("FLOWWARDEN_DEBUG") == null && System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, "error");
        }
    }
}
