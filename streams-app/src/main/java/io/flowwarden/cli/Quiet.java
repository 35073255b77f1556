package io.flowwarden.cli;

/**
 * Keeps off the terminal what an embedded broker warns about being alone, and a client about every
 * attempt at a broker whose silence we tell ourselves. {@code FLOWWARDEN_DEBUG} leaves it there.
 */
final class Quiet {
    private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    /**
     * Says so at ERROR whenever a producer's batches overtake each other at the start of a
     * transaction; the producer sends them again, and nothing is lost.
     */
    private static final String REPLICAS = "org.slf4j.simpleLogger.log.kafka.server.ReplicaManager";

    private Quiet() {}

    /** To be called before anything logs. */
    static void please() {
        if (System.getenv("FLOWWARDEN_DEBUG") == null && System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, "error");
            System.setProperty(REPLICAS, "off");
        }
    }
}
