package io.flowwarden.connect.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

final class UdpDatagramSourceTest {
    private final UdpDatagramSource source = new UdpDatagramSource();

    @Test
    void tasksDivideTheListenersAndNameThemselves() {
        source.start(Map.of("name", "edge", "listen", "10.0.0.1:1,10.0.0.1:2,10.0.0.1:3"));
        var two = source.taskConfigs(2);
        assertEquals(
                List.of("10.0.0.1:1,10.0.0.1:3", "10.0.0.1:2"),
                two.stream().map(config -> config.get("listen")).toList());
        assertEquals(
                List.of("edge-0", "edge-1"),
                two.stream().map(config -> config.get("collector.id")).toList());
        assertEquals(3, source.taskConfigs(8).size());
    }

    @Test
    void theWorkerFindsIt() {
        var found = ServiceLoader.load(SourceConnector.class).findFirst().orElseThrow();
        assertInstanceOf(UdpDatagramSource.class, found);
        assertTrue(found.version().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), found.version());
        assertEquals(found.version(), new UdpDatagramTask().version());
    }

    @Test
    void exactlyOnceIsNotClaimed() {
        assertEquals(ExactlyOnceSupport.UNSUPPORTED, source.exactlyOnceSupport(Map.of()));
    }
}
