package io.flowwarden.demo;

import static io.flowwarden.demo.Talk.attempt;
import static io.flowwarden.demo.Talk.tcp;
import static io.flowwarden.demo.Talk.udp;

import java.util.ArrayList;
import java.util.List;

/**
 * Two sites at work, second by second: Paris replicates, backs up and migrates to Lyon, hosts send
 * heartbeats, and now and then somebody does what nobody should. The estate that it is judged by
 * lies beside it, {@code demo/estate.yaml}.
 */
public final class Scenario {
    /** Exporters: one observation domain for each site. */
    static final int PARIS = 1;

    static final int LYON = 2;

    private static final int FIRST_EPHEMERAL = 49_152;

    private static final List<Talk> TALKS =
            List.of(
                    // Replication: plain and encrypted, and its management.
                    tcp(PARIS, "10.1.10.11", "10.2.20.5", 31031, 0, 2, 6_400_000),
                    tcp(LYON, "10.1.10.11", "10.2.20.5", 31031, 1, 2, 6_400_000),
                    tcp(PARIS, "10.1.10.12", "10.2.20.5", 32032, 1, 2, 4_900_000),
                    tcp(PARIS, "10.1.20.5", "10.2.20.5", 8043, 3, 15, 9_000),
                    tcp(PARIS, "10.1.20.5", "10.1.20.2", 443, 4, 10, 22_000),
                    // Backup: the proxy reads disks from the hosts over 902.
                    tcp(PARIS, "10.1.30.5", "10.1.10.11", 902, 0, 3, 52_000_000),
                    tcp(PARIS, "10.1.30.5", "10.1.10.12", 902, 2, 3, 38_000_000),
                    tcp(PARIS, "10.1.30.5", "10.1.20.2", 443, 5, 20, 14_000),
                    // Migration between hosts of one site.
                    tcp(PARIS, "10.1.10.11", "10.1.10.12", 8000, 6, 8, 210_000_000),
                    // JetStream: changed blocks to the appliance, recovery reads from its own.
                    tcp(PARIS, "10.1.10.11", "10.1.40.2", 32877, 1, 2, 1_800_000),
                    tcp(PARIS, "10.1.10.12", "10.1.40.2", 32877, 2, 2, 1_500_000),
                    tcp(PARIS, "10.1.40.1", "10.1.40.2", 32878, 4, 12, 7_000),
                    tcp(LYON, "10.2.40.3", "10.2.40.2", 32877, 7, 6, 900_000),
                    // Heartbeats of the hosts, each with a port of its own every time.
                    udp(PARIS, "10.1.10.11", "10.1.20.2", 902, 0, 10, 128),
                    udp(PARIS, "10.1.10.12", "10.1.20.2", 902, 1, 10, 128),
                    udp(LYON, "10.2.10.11", "10.2.20.2", 902, 2, 10, 128),
                    udp(LYON, "10.2.10.12", "10.2.20.2", 902, 3, 10, 128),
                    // Management, names, and what people do.
                    tcp(PARIS, "10.1.20.2", "10.1.10.11", 443, 2, 5, 31_000),
                    tcp(LYON, "10.2.20.2", "10.2.10.11", 443, 3, 5, 27_000),
                    tcp(PARIS, "10.1.99.21", "10.1.20.2", 443, 5, 7, 48_000),
                    udp(PARIS, "10.1.20.2", "10.1.20.53", 53, 1, 3, 74),
                    tcp(PARIS, "10.1.99.21", "198.51.100.80", 443, 3, 4, 120_000),
                    // What should not be.
                    attempt(PARIS, "10.1.99.77", "10.2.20.5", 31031, 2, 60),
                    tcp(PARIS, "10.1.66.6", "10.2.20.5", 31031, 5, 45, 640_000),
                    attempt(PARIS, "203.0.113.9", "10.1.10.12", 902, 9, 50),
                    tcp(PARIS, "10.1.20.2", "10.2.20.5", 8043, 14, 70, 5_000),
                    attempt(PARIS, "10.1.99.77", "10.1.10.11", 22, 19, 60));

    /** How many heartbeat ports and client ports were used so far. */
    private int ephemeral;

    /** Name of the estate file among the resources. */
    public static String estate() {
        return "/demo/estate.yaml";
    }

    /**
     * What the exporters send in one second.
     *
     * @param second since the beginning, from 0; to be asked in order
     * @return records by exporter
     */
    List<Export> in(int second) {
        var exports = new ArrayList<Export>();
        for (Talk talk : TALKS) {
            if (talk.dueIn(second)) {
                int port = FIRST_EPHEMERAL + ephemeral++ % 16_000;
                exports.add(new Export(talk, port));
            }
        }
        return exports;
    }

    /**
     * A conversation and the client's port this time.
     *
     * @param clientPort ephemeral port
     */
    record Export(Talk talk, int clientPort) {}
}
