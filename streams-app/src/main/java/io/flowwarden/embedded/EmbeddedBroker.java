package io.flowwarden.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.fault.LoggingFaultHandler;

/**
 * One Kafka broker in this process, its own controller, on loopback only. It is what {@code
 * analyze}, {@code demo} and the tests run the real topology on; its topics are the real ones.
 *
 * <p>Built from the server's own parts as {@code KafkaRaftServer} builds them, except that the
 * controller's port is told to the quorum once it is bound, so no port has to be guessed.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE = 1;
    private static final String CLIENTS = "PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";

    private final Path data;
    private final boolean temporary;
    private final BrokerServer broker;
    private final ControllerServer controller;

    private EmbeddedBroker(
            Path data, boolean temporary, BrokerServer broker, ControllerServer controller) {
        this.data = data;
        this.temporary = temporary;
        this.broker = broker;
        this.controller = controller;
    }

    /** Starts on a free port with data in a temporary folder that {@link #close} removes. */
    public static EmbeddedBroker start() throws IOException {
        return start(Files.createTempDirectory("flowwarden-broker-"), true, 0);
    }

    /**
     * Starts on data that may be there already and stays.
     *
     * @param data folder, created if missing
     * @param port loopback port for clients, 0 for a free one
     */
    public static EmbeddedBroker start(Path data, int port) throws IOException {
        return start(data, false, port);
    }

    private static EmbeddedBroker start(Path data, boolean temporary, int port) throws IOException {
        Files.createDirectories(data);
        BootstrapMetadata bootstrap = format(data);
        var config =
                new KafkaConfig(BrokerSettings.of(data, NODE, CLIENTS, CONTROLLER, port), false);
        var voters = new CompletableFuture<Map<Integer, InetSocketAddress>>();
        var shared =
                new SharedServer(
                        config,
                        new MetaPropertiesEnsemble.Loader()
                                .addLogDirs(List.of(data.toString()))
                                .addMetadataLogDir(data.toString())
                                .load(),
                        Time.SYSTEM,
                        new Metrics(),
                        voters,
                        List.of(),
                        // A fault of the embedded broker must not halt the process it lives in.
                        (name, fatal, action) -> new LoggingFaultHandler(name, action),
                        ServerSocketFactory.INSTANCE);
        var controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), bootstrap);
        controller
                .socketServerFirstBoundPortFuture()
                .thenAccept(
                        bound ->
                                voters.complete(
                                        Map.of(NODE, new InetSocketAddress("127.0.0.1", bound))));
        var embedded = new EmbeddedBroker(data, temporary, new BrokerServer(shared), controller);
        try {
            embedded.controller.startup();
            embedded.broker.startup();
            return embedded;
        } catch (RuntimeException failed) {
            embedded.close();
            throw failed;
        }
    }

    /** What a client gives as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + broker.socketServer().boundPort(ListenerName.normalised(CLIENTS));
    }

    Path data() {
        return data;
    }

    @Override
    public void close() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
        if (temporary) {
            TemporaryFolder.delete(data);
        }
    }

    /** Gives the folder its identity on first use; it keeps it from then on. */
    private static BootstrapMetadata format(Path data) {
        try {
            if (!Files.exists(data.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
                new Formatter()
                        .setPrintStream(
                                new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
                        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                        .setClusterId(Uuid.randomUuid().toString())
                        .setNodeId(NODE)
                        .addDirectory(data.toString())
                        .setMetadataLogDirectory(data.toString())
                        .setControllerListenerName(CONTROLLER)
                        .run();
            }
            return new BootstrapDirectory(data.toString()).read();
        } catch (Exception failed) { // what both of them declare
            throw new IllegalStateException("cannot prepare the broker's folder " + data, failed);
        }
    }
}
