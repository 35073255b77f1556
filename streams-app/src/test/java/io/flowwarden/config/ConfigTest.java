package io.flowwarden.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flowwarden.fault.FaultyInput;
import io.flowwarden.judge.FlowsWanted;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTest {
    @Test
    void onAnotherClusterOnlyWhatLeadsToItsOwnIsLeftOut() {
        var own =
                Config.of(
                                Map.of(
                                        "bootstrap.servers", "far:9092",
                                        "security.protocol", "SASL_SSL",
                                        "producer.ssl.truststore.location", "/secret",
                                        "sasl.jaas.config", "secret",
                                        "application.id", "mine",
                                        "commit.interval.ms", "50"),
                                Map.of("schema.registry.url", "http://far"),
                                Path.of("far"))
                        .withFlows(FlowsWanted.ALL);
        Config here = own.on(Map.of("bootstrap.servers", "here:1"), Map.of("a", "b"), Path.of("d"));
        assertEquals(
                Map.of(
                        "bootstrap.servers", "here:1",
                        "application.id", "mine",
                        "commit.interval.ms", "50"),
                here.kafka());
        assertEquals(Map.of("a", "b"), here.schema());
        assertEquals(Path.of("d"), here.stateDir());
        assertEquals(FlowsWanted.ALL, here.flows());
    }

    @Test
    void theEnvironmentAloneIsAConfiguration() {
        Config config = ConfigFile.of(Map.of("FLOWWARDEN_HTTP_LISTEN", "127.0.0.1:99")).valid();
        assertEquals(new Listen("127.0.0.1", 99), config.http());
        assertEquals(Limits.DEFAULTS, config.limits());
        var wrong = ConfigFile.of(Map.of("FLOWWARDEN_FLOWS", "som"));
        assertThrows(FaultyInput.class, wrong::valid);
    }
}
