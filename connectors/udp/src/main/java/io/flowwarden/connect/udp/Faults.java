package io.flowwarden.connect.udp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What no option shows by itself: listeners that exclude each other, converters that would rewrite.
 */
final class Faults {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    /** Write a string header as its UTF-8 text; others quote it, or refuse it. */
    private static final List<String> TEXT_HEADERS =
            List.of(
                    "org.apache.kafka.connect.storage.SimpleHeaderConverter",
                    "org.apache.kafka.connect.storage.StringConverter");

    private Faults() {}

    /**
     * Adds them to the values they concern.
     *
     * @param settings of the connector, as given
     * @param values each option as it was read, with the faults it has by itself
     */
    static void add(Map<String, String> settings, List<ConfigValue> values) {
        for (ConfigValue value : values) {
            if (value.name().equals(UdpSourceConfig.LISTEN) && value.errorMessages().isEmpty()) {
                listeners(value);
            }
        }
        for (String key : List.of("key.converter", "value.converter")) {
            if (!BYTES.equals(settings.get(key))) {
                values.add(
                        fault(
                                key,
                                settings.get(key),
                                "must be "
                                        + BYTES
                                        + ", here and not only in the worker's settings:"
                                        + " any other would rewrite the datagrams"));
            }
        }
        String headers = settings.get("header.converter");
        if (headers != null && !TEXT_HEADERS.contains(headers)) {
            values.add(
                    fault(
                            "header.converter",
                            headers,
                            "must be absent or one of " + String.join(", ", TEXT_HEADERS)));
        }
    }

    private static void listeners(ConfigValue listen) {
        List<?> texts = (List<?>) listen.value();
        var before = new ArrayList<InetSocketAddress>();
        for (Object text : texts) {
            InetSocketAddress address = ListenAddress.parse((String) text);
            for (int i = 0; i < before.size(); i++) {
                if (ListenAddress.clash(before.get(i), address)) {
                    listen.addErrorMessage(
                            "Invalid value "
                                    + text
                                    + " for configuration "
                                    + listen.name()
                                    + ": cannot be bound beside "
                                    + texts.get(i));
                }
            }
            before.add(address);
        }
    }

    private static ConfigValue fault(String key, String value, String reason) {
        return new ConfigValue(
                key,
                value,
                List.of(),
                List.of("Invalid value " + value + " for configuration " + key + ": " + reason));
    }
}
