package io.flowwarden.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;

/** Converters that would rewrite what we write. */
public final class Converters {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    /** Write a string header as its UTF-8 text; others quote it, or refuse it. */
    private static final List<String> TEXT_HEADERS =
            List.of(
                    "org.apache.kafka.connect.storage.SimpleHeaderConverter",
                    "org.apache.kafka.connect.storage.StringConverter");

    private Converters() {}

    /** Faults of the worker's options in a connector's settings. */
    public static List<ConfigValue> faults(Map<String, String> settings) {
        var faults = new ArrayList<ConfigValue>();
        for (String key : List.of("key.converter", "value.converter")) {
            if (!BYTES.equals(settings.get(key))) {
                faults.add(
                        fault(
                                key,
                                settings.get(key),
                                "must be "
                                        + BYTES
                                        + ", here and not only in the worker's settings:"
                                        + " any other would rewrite the bytes"));
            }
        }
        String headers = settings.get("header.converter");
        if (headers != null && !TEXT_HEADERS.contains(headers)) {
            faults.add(
                    fault(
                            "header.converter",
                            headers,
                            "must be absent or one of " + String.join(", ", TEXT_HEADERS)));
        }
        return faults;
    }

    private static ConfigValue fault(String key, String value, String reason) {
        return new ConfigValue(
                key,
                // The worker takes what stands here for a class, or fails the whole validation.
                null,
                List.of(),
                List.of("Invalid value " + value + " for configuration " + key + ": " + reason));
    }
}
