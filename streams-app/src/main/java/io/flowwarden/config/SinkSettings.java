package io.flowwarden.config;

import io.flowwarden.fault.Nearest;
import io.flowwarden.sink.SinkKind;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** The sinks of {@code alert.sinks}, with their faults at their keys. */
final class SinkSettings {
    private static final String TYPE = "type";
    private static final Map<String, SinkKind> KINDS =
            Arrays.stream(SinkKind.values())
                    .collect(
                            Collectors.toMap(
                                    kind -> kind.name().toLowerCase(Locale.ROOT),
                                    Function.identity()));

    private final Secrets secrets;

    SinkSettings(Map<String, String> environment) {
        this.secrets = new Secrets(environment);
    }

    List<SinkConfig> of(YamlValue list) {
        var sinks = new ArrayList<SinkConfig>();
        for (YamlValue item : list == null ? List.<YamlValue>of() : list.items()) {
            YamlMap map = item.map();
            SinkKind kind = map == null ? null : kind(map.require(TYPE));
            if (kind != null) {
                sink(kind, map, sinks);
            }
        }
        return sinks;
    }

    private static SinkKind kind(YamlValue value) {
        String word = value == null ? null : value.text();
        if (word != null) {
            try {
                return Texts.choice(word, KINDS);
            } catch (WrongChoice wrong) {
                value.fault(wrong.getMessage(), wrong.nearest());
            }
        }
        return null;
    }

    private void sink(SinkKind kind, YamlMap map, List<SinkConfig> sinks) {
        ConfigDef options = kind.options();
        var settings = new HashMap<String, String>();
        boolean sound = true;
        for (String key : map.keys()) {
            if (key.equals(TYPE)) {
                continue;
            }
            if (!options.names().contains(key)) {
                map.faultOfKey(key, "unknown key", Nearest.to(key, options.names()));
                sound = false;
                continue;
            }
            try {
                String text = Settings.joined(map.get(key));
                sound &= text != null;
                settings.put(key, text == null ? "" : secrets.resolved(text));
            } catch (IllegalArgumentException unknown) {
                map.faultOfKey(key, unknown.getMessage(), null);
                sound = false;
            }
        }
        if (!sound) {
            return;
        }
        for (ConfigValue value : options.validate(settings)) {
            for (String error : value.errorMessages()) {
                fault(map, options, value.name(), error);
                sound = false;
            }
        }
        if (sound && opens(kind, map, settings)) {
            var sink = new SinkConfig(kind, settings);
            if (sinks.contains(sink)) {
                map.fault("is listed twice");
            } else {
                sinks.add(sink);
            }
        }
    }

    private static void fault(YamlMap map, ConfigDef options, String key, String error) {
        YamlValue value = map.get(key);
        if (value == null) {
            map.require(key);
            return;
        }
        // Kafka repeats value and key, which a fault has of its own.
        String reason = error.replaceFirst("(?s)^.* for configuration " + key + ": ", "");
        if (options.configKeys().get(key).type == Type.PASSWORD || error.contains("[hidden]")) {
            map.faultOfKey(key, reason, null);
        } else {
            value.fault(reason);
        }
    }

    /** Finds what only shows when all is put together, such as a file that is not there. */
    private static boolean opens(SinkKind kind, YamlMap map, Map<String, String> settings) {
        try {
            kind.open(settings, InstantSource.system()).close();
            return true;
        } catch (ConfigException wrong) {
            map.fault(wrong.getMessage());
            return false;
        }
    }
}
