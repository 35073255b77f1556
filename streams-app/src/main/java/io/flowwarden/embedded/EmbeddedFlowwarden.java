package io.flowwarden.embedded;

import io.flowwarden.FlowApp;
import io.flowwarden.books.AccountName;
import io.flowwarden.live.RawWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SortedMap;

/**
 * The whole product in this process: broker, schema registry, topics, catalog and estate, and the
 * topology that also runs on a cluster.
 *
 * <pre>{@code
 * try (var flowwarden = EmbeddedFlowwarden.start(setup);
 *         var raw = flowwarden.rawWriter();
 *         var flows = flowwarden.flows()) {
 *     reader.read(input, raw); // ends in a final tick
 *     while (!flows.isFinished()) {
 *         flows.poll(Duration.ofMillis(100)).forEach(this::print);
 *     }
 * }
 * }</pre>
 */
public final class EmbeddedFlowwarden implements AutoCloseable {
    /** In the data folder: a configuration for commands that talk to this process's broker. */
    private static final String CLUSTER = "cluster.yaml";

    private final Path temporary;
    private final EmbeddedCluster cluster;
    private final FlowApp app;

    private EmbeddedFlowwarden(Path temporary, EmbeddedCluster cluster, FlowApp app) {
        this.temporary = temporary;
        this.cluster = cluster;
        this.app = app;
    }

    /** Starts everything; when it returns, what is written is judged. */
    public static EmbeddedFlowwarden start(EmbeddedSetup setup) throws IOException {
        Path temporary = setup.data() == null ? Files.createTempDirectory("flowwarden-") : null;
        Path data = temporary == null ? setup.data() : temporary;
        EmbeddedCluster cluster = null;
        try {
            cluster = EmbeddedCluster.start(data, setup.rawPartitions(), setup.retention());
            cluster.tellClients(data.resolve(CLUSTER));
            cluster.publishCatalog(setup.rules());
            if (setup.estate() != null) {
                cluster.publishEstate(setup.estate());
            }
            var app =
                    new FlowApp(
                            cluster.config(data.resolve("state"), setup.config()),
                            cluster.inputPartitions(),
                            setup.meters(),
                            InstantSource.system());
            app.start();
            return new EmbeddedFlowwarden(temporary, cluster, app);
        } catch (IOException | RuntimeException failed) {
            close(cluster, temporary);
            throw failed;
        }
    }

    /** The cluster, for whoever wants to read or write topics on his own. */
    public EmbeddedCluster cluster() {
        return cluster;
    }

    /** Writes raw records and ticks. Close it when done. */
    public RawWriter rawWriter() {
        return cluster.rawWriter();
    }

    /** Reads the judged flows from the first. Close it when done. */
    public FlowReader flows() {
        return cluster.flows();
    }

    /** Reads the judged flows from where this reader was done. Close it when done. */
    public FlowReader flows(String reader) {
        return cluster.flows(reader);
    }

    /** Reads alerts as they change, from the first. Close it when done. */
    public AlertReader alerts() {
        return cluster.alerts();
    }

    /** Reads alerts as they change, from where this reader was done. Close it when done. */
    public AlertReader alerts(String reader) {
        return cluster.alerts(reader);
    }

    /** Reads what was set aside, from the first. Close it when done. */
    public RejectedReader rejected() {
        return cluster.rejected();
    }

    /** Sums of the books, by account. */
    public SortedMap<AccountName, Long> books() {
        return app.ledger().sums();
    }

    /** Whether it judges. */
    public boolean isReady() {
        return app.isReady();
    }

    /** Whether it can still come to judge. */
    public boolean isLive() {
        return app.isLive();
    }

    @Override
    public void close() {
        app.close();
        close(cluster, temporary);
    }

    private static void close(EmbeddedCluster cluster, Path temporary) {
        if (cluster != null) {
            cluster.close();
        }
        if (temporary != null) {
            TemporaryFolder.delete(temporary);
        }
    }
}
