package io.flowwarden.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flowwarden.fault.Fault;
import io.flowwarden.fault.FaultyInput;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.net.Prefix;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.sink.SinkKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    @TempDir Path folder;

    @Test
    void whatIsNotWrittenHasItsDefault() throws Exception {
        Config config = read("kafka.bootstrap.servers: b:9092\n", NO_ENVIRONMENT).valid();
        assertEquals(
                new Config(
                        Map.of("bootstrap.servers", "b:9092"),
                        Map.of(),
                        "flowwarden.",
                        List.of(),
                        FlowsWanted.NOTABLE,
                        Guarantee.EXACTLY_ONCE_V2,
                        Path.of("flowwarden-state"),
                        new Listen("127.0.0.1", 8080),
                        true,
                        List.of(),
                        Alerting.DEFAULTS,
                        Limits.DEFAULTS),
                config);
    }

    @Test
    void everyKeyReachesItsComponentWhetherNestedOrWhole() throws Exception {
        Config config =
                read(
                                """
                                kafka:
                                  bootstrap.servers: b:9092
                                  security:
                                    protocol: SSL
                                kafka.application.id: mine
                                schema.registry.url: http://r:8081
                                schema:
                                  serde.class: a.B
                                topics.prefix: dr.
                                inputs:
                                  - topic: netflow-raw
                                    format: netflow
                                  - {topic: mixed}
                                flows: all
                                processing.guarantee: at_least_once
                                state.dir: /var/lib/fw
                                http.listen: "[::1]:9000"
                                catalog.common: off
                                alert:
                                  sinks:
                                    - {type: alertmanager, urls: ["http://a:9093", "http://b:9093"]}
                                    - {type: webhook, url: "${env:CHAT}", format: template}
                                  update-every: 30s
                                  retention: 7d
                                  flow-hold: 0s
                                  flow-quiet: 2h
                                  fan-out: 10
                                  group-above: 3
                                  exporter-patience: 1m
                                limits:
                                  threads: 3
                                  store-cache: 1GiB
                                  rocksdb-memory: 32MiB
                                  write-buffer: 64KiB
                                  thread-restarts: 0
                                  exporters: [10.1.0.0/16, "2001:db8::1"]
                                  sources: 20
                                  templates: 30
                                  template-fields: 40
                                  flows-per-datagram: 50
                                  silence: 15s
                                  collector-gap: 4s
                                  telemetry-patience: 2m
                                  link-members: 60
                                """,
                                Map.of("CHAT", "https://chat/secret"))
                        .valid();
        assertEquals(
                new Config(
                        Map.of(
                                "bootstrap.servers", "b:9092",
                                "security.protocol", "SSL",
                                "application.id", "mine"),
                        Map.of("schema.registry.url", "http://r:8081", "schema.serde.class", "a.B"),
                        "dr.",
                        List.of(
                                new InputConfig("netflow-raw", RawFormat.NETFLOW),
                                new InputConfig("mixed", null)),
                        FlowsWanted.ALL,
                        Guarantee.AT_LEAST_ONCE,
                        Path.of("/var/lib/fw"),
                        new Listen("::1", 9000),
                        false,
                        List.of(
                                new SinkConfig(
                                        SinkKind.ALERTMANAGER,
                                        Map.of("urls", "http://a:9093,http://b:9093")),
                                new SinkConfig(
                                        SinkKind.WEBHOOK,
                                        Map.of(
                                                "url",
                                                "https://chat/secret",
                                                "format",
                                                "template"))),
                        new Alerting(
                                Duration.ofSeconds(30),
                                Duration.ofDays(7),
                                Duration.ZERO,
                                Duration.ofHours(2),
                                10,
                                3,
                                Duration.ofMinutes(1)),
                        new Limits(
                                3,
                                ByteSize.mebibytes(1024),
                                ByteSize.mebibytes(32),
                                new ByteSize(65_536),
                                0,
                                List.of(Prefix.parse("10.1.0.0/16"), Prefix.parse("2001:db8::1")),
                                20,
                                30,
                                40,
                                50,
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(4),
                                Duration.ofMinutes(2),
                                60)),
                config);
    }

    @Test
    void allFaultsAreToldAtOnceWithLineAndNearestName() throws Exception {
        var file =
                read(
                        """
                        flows: notible
                        limit.threads: 2
                        limits:
                          threads: none
                          write-bufer: 1MiB
                          store-cache: 9999999999GiB
                        topics.prefix: "a b"
                        inputs:
                          - {topic: t, format: netlow, from: x}
                          - {topic: t}
                          - {format: aws}
                        limits.threads: 2
                        schema: http://r
                        alert.retention: 3 weeks
                        alert.flow-quiet: 1m
                        limits.silence: 99999d
                        """,
                        NO_ENVIRONMENT);
        assertEquals(
                """
                c.yaml:1: flows: 'notible': must be all or none or notable; did you mean 'notable'?
                c.yaml:2: limit.threads: 'limit.threads': unknown key; did you mean 'limits.threads'?
                c.yaml:4: limits.threads: 'none': must be a whole number from 1 to 1000
                c.yaml:5: limits.write-bufer: 'write-bufer': unknown key; did you mean 'limits.write-buffer'?
                c.yaml:6: limits.store-cache: '9999999999GiB': is too large
                c.yaml:7: topics.prefix: 'a b': a topic name has only letters, digits and ._-
                c.yaml:9: inputs[0].from: 'from': unknown key
                c.yaml:9: inputs[0].format: 'netlow': must be avro or aws or azure or gcp or netflow or sflow; did you mean 'netflow'?
                c.yaml:10: inputs[1].topic: 't': is listed twice
                c.yaml:11: inputs[2].topic: is missing
                c.yaml:12: limits.threads: 'limits.threads': this key stands on line 4 too
                c.yaml:13: schema: 'schema': expected a mapping of keys and values
                c.yaml:14: alert.retention: '3 weeks': must be a time from 1m to 3660d (s, m, h, d)
                c.yaml:15: alert.flow-quiet: '1m': must be a time from 10m to 30d (s, m, h, d)
                c.yaml:16: limits.silence: '99999d': must be a time from 5s to 1d (s, m, h, d)""",
                text(file.faults()));
        assertThrows(FaultyInput.class, file::valid);
        assertEquals(FlowsWanted.NOTABLE, file.config().flows(), "the default where faulty");
    }

    @Test
    void environmentGoesBeforeTheFileAndDoesNotReachKafka() throws Exception {
        var environment =
                Map.of(
                        "FLOWWARDEN_FLOWS", "none",
                        "FLOWWARDEN_LIMITS_WRITE_BUFFER", "2MiB",
                        "FLOWWARDEN_SCHEMA_REGISTRY_URL", "http://env:1",
                        "FLOWWARDEN_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "u:p",
                        "FLOWWARDEN_KAFKA_BOOTSTRAP_SERVERS", "elsewhere:9092",
                        "FLOWWARDEN_SERVICE_HOST", "made by an orchestrator");
        Config config = read("flows: all\nkafka.bootstrap.servers: b:9092\n", environment).valid();
        assertEquals(FlowsWanted.NONE, config.flows());
        assertEquals(ByteSize.mebibytes(2), config.limits().writeBuffer());
        assertEquals(Map.of("bootstrap.servers", "b:9092"), config.kafka());
        assertEquals(
                Map.of(
                        "schema.registry.url",
                        "http://env:1",
                        "schema.registry.basic.auth.user.info",
                        "u:p"),
                config.schema());
    }

    @Test
    void faultOfTheEnvironmentNamesTheVariable() throws Exception {
        var file = read("flows: all\n", Map.of("FLOWWARDEN_LIMITS_THREADS", "0"));
        assertEquals(
                "environment: FLOWWARDEN_LIMITS_THREADS: '0': must be a whole number from 1 to"
                        + " 1000",
                text(file.faults()));
    }

    @Test
    void faultFoundLaterNamesTheLineAndNeverTheValue() throws Exception {
        var file = read("flows: all\nkafka.sasl.jaas.config: s3cret\n", NO_ENVIRONMENT);
        file.fault("kafka.sasl.jaas.config", "is refused");
        assertEquals("c.yaml:2: kafka.sasl.jaas.config: is refused", text(file.faults()));
        assertFalse(file.config().toString().contains("s3cret"), "a record that is printed");
    }

    @Test
    void judgementElsewhereKeepsThresholdsAndNothingOfTheCluster() throws Exception {
        Config config =
                read(
                                """
                                kafka: {bootstrap.servers: b:1, replication.factor: 3}
                                schema.registry.url: http://r
                                topics.prefix: dr.
                                alert.fan-out: 10
                                limits.silence: 15s
                                """,
                                NO_ENVIRONMENT)
                        .valid()
                        .judgement();
        assertEquals(10, config.alerting().settings().fanOut());
        assertEquals(Duration.ofSeconds(15), config.limits().witness().silence());
        assertEquals(Map.of(), config.kafka());
        assertEquals(Map.of(), config.schema());
        assertEquals("flowwarden.", config.topicsPrefix());
    }

    @Test
    void settingsForAClientLeaveOutWhatIsForAnotherKind() throws Exception {
        Config config =
                read(
                                "kafka: {bootstrap.servers: b:1, main.consumer.a: 1, topic.b: 2,"
                                        + " producer.c: 3}\n",
                                NO_ENVIRONMENT)
                        .valid();
        assertEquals(Map.of("bootstrap.servers", "b:1"), config.client());
    }

    private ConfigFile read(String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), text);
        return ConfigFile.read(file, environment);
    }

    private String text(List<Fault> faults) {
        return faults.stream()
                .map(fault -> fault.text().replace(folder + "/", ""))
                .collect(Collectors.joining("\n"));
    }
}
