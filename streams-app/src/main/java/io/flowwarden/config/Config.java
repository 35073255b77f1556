package io.flowwarden.config;

import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.topics.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What {@code flowwarden.yaml} and the environment say. Each component is one key, or a record of
 * its own keys; the table in {@code streams-app/README.md} is made of them.
 */
public record Config(
        @Key(
                        name = "kafka.*",
                        doc =
                                "Any property of a Kafka client or of Kafka Streams: `kafka.bootstrap.servers`,"
                                        + " `kafka.application.id`, `kafka.security.protocol`... Only from the file.")
                Map<String, String> kafka,
        @Key(
                        name = "schema.*",
                        doc =
                                "The schema registry and the serde: `schema.registry.url`, `schema.serde.class`..."
                                        + " All keys: `schemas/README.md`.")
                Map<String, String> schema,
        @Key(name = "topics.prefix", byDefault = "flowwarden.", doc = "Begins every topic name.")
                String topicsPrefix,
        @Key(
                        name = "inputs",
                        doc =
                                "List of `topic` (full name) and `format` (of records without the header"
                                        + " `fw.format`: `netflow`, `sflow`, `aws`, `azure`, `gcp` or `avro`). Without it, `raw` under the prefix."
                                        + " Only from the file.")
                List<InputConfig> inputs,
        @Key(
                        name = "flows",
                        byDefault = "notable",
                        doc =
                                "Which judged flows to publish: `all`, `notable` (UNEXPECTED, or REJECTED with"
                                        + " any verdict but OUT_OF_SCOPE) or `none`.")
                FlowsWanted flows,
        @Key(
                        name = "processing.guarantee",
                        byDefault = "exactly_once_v2",
                        doc = "`exactly_once_v2` or `at_least_once`.")
                Guarantee guarantee,
        @Key(
                        name = "state.dir",
                        byDefault = "flowwarden-state",
                        doc =
                                "Folder of the state and of this instance's identity. Must survive restarts.")
                Path stateDir,
        @Key(
                        name = "http.listen",
                        byDefault = "127.0.0.1:8080",
                        doc =
                                "Address and port of `/metrics`, `/health/live` and `/health/ready`, or `off`.")
                Listen http,
        @Key(
                        name = "catalog.common",
                        byDefault = "on",
                        doc =
                                "Whether `catalog publish` includes the rules that no document states: `on` or `off`.")
                boolean catalogCommon,
        @Key(
                        name = "alert.sinks",
                        doc =
                                "Where `live` tells alerts: a list of sinks, each with `type` (`alertmanager`, `syslog` or"
                                        + " `webhook`) and the options of `connectors/alerts/README.md`. In a cluster the"
                                        + " connectors do, so `run` refuses it. Only from the file.")
                List<SinkConfig> alertSinks,
        Alerting alerting,
        Limits limits) {
    public Config {
        kafka = Map.copyOf(kafka);
        schema = Map.copyOf(schema);
        inputs = List.copyOf(inputs);
        alertSinks = List.copyOf(alertSinks);
    }

    /** Without values that may be secret. */
    @Override
    public String toString() {
        return "Config[" + topicsPrefix + " " + kafka.keySet() + " " + schema.keySet() + "]";
    }

    /** The defaults, for a cluster that is known already. */
    public static Config of(Map<String, String> kafka, Map<String, String> schema, Path stateDir) {
        return new Config(
                kafka,
                schema,
                Topics.DEFAULT_PREFIX,
                List.of(),
                FlowsWanted.NOTABLE,
                Guarantee.EXACTLY_ONCE_V2,
                stateDir,
                Listen.OFF,
                true,
                List.of(),
                Alerting.DEFAULTS,
                Limits.DEFAULTS);
    }

    /** Settings of a Kafka client beside those that Kafka Streams makes. */
    public Map<String, String> client() {
        var settings = new HashMap<>(kafka);
        settings.keySet().removeIf(key -> ROLES.stream().anyMatch(key::startsWith));
        return settings;
    }

    private static final Pattern CONNECTION =
            Pattern.compile("(^|\\.)(bootstrap\\.servers$|(security|sasl|ssl)\\.)");

    /** Prefixes of settings for one kind of Kafka Streams' own clients, or for its topics. */
    private static final List<String> ROLES =
            List.of(
                    "consumer.",
                    "main.consumer.",
                    "restore.consumer.",
                    "global.consumer.",
                    "producer.",
                    "admin.",
                    "topic.");

    /**
     * The same on another cluster; what it takes to talk to its own is left out.
     *
     * @param cluster client properties of the other; they go before those of the file
     * @param registry its schema registry
     */
    public Config on(Map<String, String> cluster, Map<String, String> registry, Path state) {
        var settings = new HashMap<>(kafka);
        settings.keySet().removeIf(key -> CONNECTION.matcher(key).find());
        settings.putAll(cluster);
        return new Config(
                settings,
                registry,
                Topics.DEFAULT_PREFIX,
                List.of(),
                flows,
                guarantee,
                state,
                Listen.OFF,
                catalogCommon,
                alertSinks,
                alerting,
                limits);
    }

    /**
     * What decides about alerts, and the limits; of how to run on some cluster nothing, since that
     * may not fit another: more replicas than it has brokers.
     */
    public Config judgement() {
        return new Config(
                Map.of(),
                Map.of(),
                Topics.DEFAULT_PREFIX,
                List.of(),
                flows,
                Guarantee.EXACTLY_ONCE_V2,
                Path.of(""),
                Listen.OFF,
                catalogCommon,
                List.of(),
                alerting,
                limits);
    }

    public Config withFlows(FlowsWanted wanted) {
        return new Config(
                kafka,
                schema,
                topicsPrefix,
                inputs,
                wanted,
                guarantee,
                stateDir,
                http,
                catalogCommon,
                alertSinks,
                alerting,
                limits);
    }
}
