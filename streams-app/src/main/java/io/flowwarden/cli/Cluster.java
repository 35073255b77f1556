package io.flowwarden.cli;

import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.TopicAdmin;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/**
 * The brokers and the registry that a configuration names. What is wrong with either is added to
 * the configuration's faults; values, which may be secret, are not told.
 */
final class Cluster implements AutoCloseable {
    private static final String SERVERS = "kafka." + AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG;
    private static final String REGISTRY = "schema.registry.url";
    private static final int ANSWER_WITHIN_MS = 10_000;

    private final Admin admin;

    private Cluster(Admin admin) {
        this.admin = admin;
    }

    /** The brokers, if they answer; otherwise null, and a fault. */
    static Cluster reach(ConfigFile file) {
        Config config = file.config();
        if (!config.kafka().containsKey(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            file.fault(SERVERS, "is missing");
            return null;
        }
        var settings = new HashMap<String, Object>(config.client());
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        Admin admin;
        try {
            admin = Admin.create(settings);
        } catch (KafkaException unusable) {
            file.fault("kafka", "no client can be made: " + rootOf(unusable));
            return null;
        }
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_WITHIN_MS))
                    .clusterId()
                    .get();
            return new Cluster(admin);
        } catch (ExecutionException silent) {
            file.fault(SERVERS, "no broker answers: " + rootOf(silent));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            file.fault(SERVERS, "interrupted");
        }
        admin.close();
        return null;
    }

    /**
     * The brokers.
     *
     * @throws io.flowwarden.fault.FaultyInput with all faults of the configuration, if they do not
     *     answer or anything else is wrong
     */
    static Cluster require(ConfigFile file) {
        Cluster cluster = reach(file);
        try {
            file.valid();
        } catch (RuntimeException faulty) {
            if (cluster != null) {
                cluster.close();
            }
            throw faulty;
        }
        return cluster;
    }

    /**
     * What reads and writes schemas, unless the settings are wrong; otherwise null, and a fault.
     */
    static SchemaSerdes serdes(ConfigFile file) {
        Map<String, String> settings = file.config().schema();
        if (!settings.containsKey(REGISTRY)) {
            file.fault(REGISTRY, "is missing");
            return null;
        }
        try {
            return new SchemaSerdes(settings);
        } catch (ConfigException wrong) {
            file.fault("schema", wrong.getMessage());
            return null;
        }
    }

    Admin admin() {
        return admin;
    }

    TopicAdmin topics() {
        return new TopicAdmin(admin);
    }

    @Override
    public void close() {
        admin.close();
    }

    /** The first cause says what happened; those around it that something did. */
    static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
