package io.flowwarden.connect.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AlertConnectorTest {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final Map<String, String> SOUND =
            Map.of(
                    "name",
                    "alerts",
                    "key.converter",
                    BYTES,
                    "value.converter",
                    BYTES,
                    "schema.registry.url",
                    "http://registry:8081",
                    "urls",
                    "http://a:9093,https://b/prefix",
                    "address",
                    "siem.example:6514",
                    "url",
                    "https://chat.example/secret");

    private static Map<String, String> faults(AlertConnector connector, String... settings) {
        var all = new HashMap<>(SOUND);
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        var faults = new TreeMap<String, String>();
        for (var value : connector.validate(all).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                faults.put(value.name(), String.join("; ", value.errorMessages()));
            }
        }
        return faults;
    }

    @Test
    void defaultsAreSound() {
        assertEquals(Map.of(), faults(new AlertmanagerSink()));
        assertEquals(Map.of(), faults(new SyslogSink()));
        assertEquals(Map.of(), faults(new WebhookSink()));
    }

    @Test
    void everyFaultStandsAtItsKey() {
        assertEquals(
                List.of("firing.max", "resend.ms", "timeout.ms", "urls", "value.converter"),
                List.copyOf(
                        faults(
                                        new AlertmanagerSink(),
                                        "urls",
                                        "a:9093",
                                        "resend.ms",
                                        "0",
                                        "firing.max",
                                        "none",
                                        "timeout.ms",
                                        "1",
                                        "value.converter",
                                        "org.apache.kafka.connect.json.JsonConverter")
                                .keySet()));
        assertEquals(
                List.of(
                        "address",
                        "causes",
                        "facility",
                        "give.up.ms",
                        "message.bytes",
                        "transport"),
                List.copyOf(
                        faults(
                                        new SyslogSink(),
                                        "address",
                                        "siem",
                                        "transport",
                                        "smoke",
                                        "facility",
                                        "kern",
                                        "message.bytes",
                                        "100",
                                        "causes",
                                        "some",
                                        "give.up.ms",
                                        "0")
                                .keySet()));
        var webhook =
                faults(
                        new WebhookSink(),
                        "url",
                        "ftp://secret",
                        "format",
                        "xml",
                        "template",
                        "{\"text\": \"${titel}\"}",
                        "updates",
                        "some");
        assertEquals(
                List.of("format", "template", "updates", "url"), List.copyOf(webhook.keySet()));
        assertFalse(webhook.toString().contains("secret"), webhook.toString());
        assertTrue(webhook.get("template").contains("titel"), webhook.toString());
    }

    @Test
    void whatOnlyShowsTogetherStandsAtItsKeyToo() {
        var ca = faults(new SyslogSink(), "transport", "tls", "tls.ca", "/not/there.pem");
        assertEquals(List.of("tls.ca"), List.copyOf(ca.keySet()));
        var registry = faults(new WebhookSink(), "schema.registry.url", "nowhere");
        assertEquals(List.of("schema.registry.url"), List.copyOf(registry.keySet()));
    }

    @Test
    void thereIsOneTaskWhateverIsAllowed() {
        var connector = new WebhookSink();
        connector.start(SOUND);
        var configs = connector.taskConfigs(5);
        assertEquals(1, configs.size());
        assertEquals("WEBHOOK", configs.get(0).get(AlertTask.KIND));
    }
}
