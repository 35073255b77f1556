package io.flowwarden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.config.Config;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StreamsSettingsTest {
    @Test
    void settingThatAPromiseRestsOnIsRefused() {
        var faults =
                faults(
                        Map.of(
                                "bootstrap.servers", "b:1",
                                "processing.guarantee", "at_least_once",
                                "global.consumer.isolation.level", "read_uncommitted",
                                "num.stream.threads", "2"));
        assertEquals(
                Set.of("kafka.processing.guarantee", "kafka.global.consumer.isolation.level"),
                faults.keySet());
    }

    @Test
    void valueThatKafkaRefusesIsAFault() {
        var faults = faults(Map.of("bootstrap.servers", "b:1", "num.standby.replicas", "some"));
        assertEquals(Set.of("kafka"), faults.keySet());
        assertTrue(faults.get("kafka").contains("num.standby.replicas"), faults.toString());
    }

    @Test
    void clusterMustBeNamed() {
        assertEquals(Map.of("kafka.bootstrap.servers", "is missing"), faults(Map.of()));
    }

    @Test
    void whatTheUserOverridesReachesStreamsAndWhatIsFixedDoesNot() {
        var settings =
                StreamsSettings.of(
                        config(
                                Map.of(
                                        "bootstrap.servers", "b:1",
                                        "application.id", "mine",
                                        "state.dir", "elsewhere")),
                        "me");
        assertEquals("mine", settings.get("application.id"));
        assertEquals("state", settings.get("state.dir"));
        assertEquals("exactly_once_v2", settings.get("processing.guarantee"));
        assertEquals("me", settings.get("main.consumer.group.instance.id"));
    }

    /**
     * A restart keeps its tasks within the session, and no transaction ends before it may commit.
     */
    @Test
    void membershipIsStaticAndTimeoutsFitARestart() {
        var settings = StreamsSettings.of(config(Map.of("bootstrap.servers", "b:1")), "me");
        assertEquals("me", settings.get("main.consumer.group.instance.id"));
        assertEquals(10_000, settings.get("main.consumer.session.timeout.ms"));
        assertEquals(3_000, settings.get("main.consumer.heartbeat.interval.ms"));
        assertEquals(600_000, settings.get("main.consumer.max.poll.interval.ms"));
        assertEquals(60_000, settings.get("producer.transaction.timeout.ms"));
        assertEquals(200, settings.get("commit.interval.ms"));
    }

    @Test
    void membershipIsLeftToTheBrokerWhereItManagesTheGroup() {
        var settings =
                StreamsSettings.of(
                        config(Map.of("bootstrap.servers", "b:1", "group.protocol", "streams")),
                        "me");
        assertNull(settings.get("main.consumer.group.instance.id"));
    }

    private static Map<String, String> faults(Map<String, String> kafka) {
        return FlowApp.faults(config(kafka));
    }

    private static Config config(Map<String, String> kafka) {
        return Config.of(kafka, Map.of(), Path.of("state"));
    }
}
