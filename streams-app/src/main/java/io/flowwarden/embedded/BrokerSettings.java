package io.flowwarden.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a broker that serves one process: few threads, little memory, a quick start. */
final class BrokerSettings {
    private BrokerSettings() {}

    static Map<String, String> of(
            Path data, int node, String clients, String controller, int port) {
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node));
        settings.put("log.dirs", data.toString());
        settings.put(
                "listeners",
                clients + "://127.0.0.1:" + port + "," + controller + "://127.0.0.1:0");
        settings.put(
                "listener.security.protocol.map",
                clients + ":PLAINTEXT," + controller + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", clients);
        settings.put("controller.listener.names", controller);
        // A placeholder the server accepts; the bound port reaches the quorum by the voters future.
        settings.put("controller.quorum.voters", node + "@0.0.0.0:0");

        // One node keeps one copy of everything, its own topics included.
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.segment.bytes", "16777216");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.segment.bytes", "16777216");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("auto.create.topics.enable", "false");

        // The defaults preallocate 10 MiB of index per partition and 128 MiB for the cleaner.
        settings.put("log.segment.bytes", "67108864");
        settings.put("log.index.size.max.bytes", "1048576");
        // Retention in bytes is as exact as it is looked at.
        settings.put("log.retention.check.interval.ms", "30000");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.cleaner.io.buffer.size", "131072");

        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");

        // There is nobody to wait for: no other consumer joins, no other broker takes over.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("controlled.shutdown.enable", "false");
        // After a kill the controller takes the broker of before for alive for so long, and refuses
        // the one that starts. The default is 9 s; within one process no network delays a
        // heartbeat.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        return settings;
    }
}
