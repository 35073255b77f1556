package io.flowwarden;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.globalConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.topicPrefix;

import io.flowwarden.config.Config;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Every Kafka Streams setting that is not Kafka's default, with its reason, in one order. */
public final class StreamsSettings {
    static final String APPLICATION_ID = "flowwarden";

    private StreamsSettings() {}

    /**
     * Our defaults, then what the user overrides, then what must not be overridden.
     *
     * @param instance identity of this instance, which outlives its restarts
     */
    public static Properties of(Config config, String instance) {
        var settings = new Properties();

        // Ours, for the user to override.
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.limits().threads());
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200);
        // A raw record holds some 24 flows: the default of 1000 a partition is heap for nothing.
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 100);
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
        settings.put(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                config.limits().storeCache().bytes());
        // Above the 5 minutes that a restoring thread may be blocked (KAFKA-20456).
        settings.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), 600_000);
        // Static membership: a restart within it keeps the tasks, beyond it others take them.
        settings.put(mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        settings.put(mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
        settings.put(consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 4 << 20);
        // The default of 10 s is less than a long garbage collection on a busy machine plus a
        // commit.
        settings.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 60_000);
        settings.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        settings.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        settings.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // Small, so that what compaction may not touch yet, and a restore must read, stays small.
        settings.put(topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), 64 << 20);

        settings.putAll(config.kafka());

        // Not to be overridden: the promises rest on them.
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, config.guarantee().setting());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksMemory.class);
        settings.put(SharedRocksMemory.TOTAL, config.limits().rocksdbMemory().bytes());
        settings.put(SharedRocksMemory.WRITE_BUFFER, config.limits().writeBuffer().bytes());
        settings.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingAlarm.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        settings.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeserializationAlarm.class);
        settings.put(globalConsumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        if (!"streams".equals(config.kafka().get("group.protocol"))) {
            settings.put(mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
        }
        return settings;
    }

    /** Keys under {@code kafka.} that would break a promise. */
    private static final Set<String> FIXED =
            Set.of(
                    StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                    StreamsConfig.STATE_DIR_CONFIG,
                    StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                    StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
                    StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                    StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG,
                    StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                    globalConsumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                    mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                    ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG);

    /**
     * What is wrong with the Kafka settings of a configuration, by key, without joining anything.
     */
    static Map<String, String> faults(Config config) {
        var faults = new TreeMap<String, String>();
        for (String key : config.kafka().keySet()) {
            if (FIXED.contains(key)) {
                faults.put("kafka." + key, "must not be set: a promise rests on our value");
            }
        }
        if (!config.kafka().containsKey(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            faults.put("kafka." + StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "is missing");
            return faults;
        }
        try {
            new StreamsConfig(of(config, "check"));
        } catch (ConfigException wrong) {
            faults.put("kafka", wrong.getMessage());
        }
        return faults;
    }
}
