package io.flowwarden.connect.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class UdpSourceConfigTest {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final Map<String, String> SOUND =
            Map.of("name", "udp", "key.converter", BYTES, "value.converter", BYTES);

    @Test
    void defaultsAreSoundAndStayOnLoopback() {
        assertEquals(Map.of(), faults());
        var receiver = new UdpSourceConfig(SOUND).receiver();
        assertEquals(1, receiver.listen().size());
        assertTrue(receiver.listen().get(0).getAddress().isLoopbackAddress());
    }

    @Test
    void everyFaultStandsAtItsKey() {
        var faults =
                faults(
                        "topic", "",
                        "topic.partitions", "0",
                        "listen", "example.org:2055",
                        "sockets.per.listener", "0",
                        "receive.buffer.bytes", "many",
                        "queue.bytes", "1",
                        "exporters.allow", "10.1.2.3/16",
                        "exporters.rate", "-1",
                        "exporters.max", "0",
                        "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                        "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                        "header.converter", BYTES);
        assertEquals(
                List.of(
                        "exporters.allow",
                        "exporters.max",
                        "exporters.rate",
                        "header.converter",
                        "key.converter",
                        "listen",
                        "queue.bytes",
                        "receive.buffer.bytes",
                        "sockets.per.listener",
                        "topic",
                        "topic.partitions",
                        "value.converter"),
                List.copyOf(faults.keySet()));
        assertTrue(faults.get("exporters.allow").contains("did you mean 10.1.0.0/16?"));
    }

    @Test
    void addressesAreReadWithTheirFaults() {
        for (String good : List.of("10.0.0.1:1", "0.0.0.0:65535", "[::]:2055", "[2001:db8::1]:9")) {
            assertEquals(Map.of(), faults("listen", good), good);
        }
        for (String bad :
                List.of(
                        "",
                        "2055",
                        ":2055",
                        "10.0.0.1",
                        "10.0.0.1:",
                        "10.0.0.1:0",
                        "10.0.0.1:65536",
                        "10.0.0.1:+1",
                        "[10.0.0.1]:1",
                        "::1:2055",
                        "host:2055")) {
            assertEquals(List.of("listen"), List.copyOf(faults("listen", bad).keySet()), bad);
        }
    }

    @Test
    void listenersThatExcludeEachOtherAreNamed() {
        assertEquals(Map.of(), faults("listen", "10.0.0.1:2055,10.0.0.2:2055,10.0.0.1:6343"));
        for (String pair :
                List.of(
                        "10.0.0.1:2055,10.0.0.1:2055",
                        "0.0.0.0:2055,10.0.0.1:2055",
                        "10.0.0.1:2055,[::]:2055")) {
            String fault = faults("listen", pair).get("listen");
            assertTrue(fault.contains("cannot be bound beside " + pair.split(",")[0]), fault);
        }
    }

    @Test
    void convertersAreNotLeftToTheWorker() {
        var faults =
                new UdpDatagramSource()
                        .validate(Map.of("name", "udp")).configValues().stream()
                                .filter(value -> !value.errorMessages().isEmpty())
                                .map(value -> value.name())
                                .toList();
        assertEquals(List.of("key.converter", "value.converter"), faults);
    }

    private static Map<String, String> faults(String... settings) {
        var all = new HashMap<>(SOUND);
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        var faults = new TreeMap<String, String>();
        for (var value : new UdpDatagramSource().validate(all).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                faults.put(value.name(), String.join("; ", value.errorMessages()));
            }
        }
        return faults;
    }
}
