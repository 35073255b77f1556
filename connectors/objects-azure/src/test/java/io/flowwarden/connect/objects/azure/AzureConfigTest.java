package io.flowwarden.connect.objects.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class AzureConfigTest {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    @Test
    void eachWayToSignInIsEnoughAlone() {
        assertEquals("[]", faults(Map.of("azure.connection.string", "UseDevelopmentStorage=true")));
        assertEquals(
                "[]", faults(Map.of("azure.account.name", "logs", "azure.account.key", "a2V5")));
        assertEquals(
                "[]",
                faults(
                        Map.of(
                                "azure.endpoint",
                                "https://logs.blob.core.windows.net",
                                "azure.sas.token",
                                "sv=1&sig=2")));
    }

    @Test
    void noWayOrTwoWaysAreFaultsAtTheirKeys() {
        assertEquals("[azure.connection.string]", faults(Map.of()));
        assertEquals("[azure.account.name]", faults(Map.of("azure.account.key", "a2V5")));
        assertEquals("[azure.endpoint]", faults(Map.of("azure.sas.token", "sv=1")));
        assertEquals(
                "[azure.sas.token]",
                faults(
                        Map.of(
                                "azure.sas.token",
                                "sv=1",
                                "azure.account.name",
                                "logs",
                                "azure.account.key",
                                "a2V5")));
        assertEquals(
                "[azure.account.key, azure.account.name]",
                faults(
                        Map.of(
                                "azure.connection.string",
                                "UseDevelopmentStorage=true",
                                "azure.account.name",
                                "logs",
                                "azure.account.key",
                                "a2V5")));
    }

    private static String faults(Map<String, String> options) {
        var settings = new HashMap<String, String>();
        settings.put("key.converter", BYTES);
        settings.put("value.converter", BYTES);
        settings.put("azure.container", "insights-logs-flowlogflowevent");
        settings.putAll(options);
        var at = new TreeSet<String>();
        for (ConfigValue value : new AzureBlobLogSource().validate(settings).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                at.add(value.name());
            }
        }
        return at.toString();
    }
}
