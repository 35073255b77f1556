package io.flowwarden.config;

import io.flowwarden.sink.SinkKind;
import java.util.Map;

/**
 * Where alerts are told.
 *
 * @param settings by the names of the kind's options; sound, secrets in the clear
 */
public record SinkConfig(SinkKind kind, Map<String, String> settings) {
    public SinkConfig {
        settings = Map.copyOf(settings);
    }

    /** Without values that may be secret. */
    @Override
    public String toString() {
        return kind + " " + settings.keySet();
    }
}
