package io.flowwarden.testkit;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs of others that a test talks to: a registry server, an exporter, an emulator. */
public final class Peers {
    private Peers() {}

    /**
     * Ends the test, skipped; or failed with {@code -Dpeers.required=true}.
     *
     * @param why what is missing and how to get it
     */
    public static void absent(String why) {
        if (Boolean.getBoolean("peers.required")) {
            Assertions.fail(why);
        }
        // JUnit's report of a class that is skipped as a whole does not repeat the reason.
        System.err.println("SKIPPED: " + why);
        Assumptions.abort(why);
    }
}
