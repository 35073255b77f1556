package io.flowwarden.config;

import io.flowwarden.fault.Fault;
import io.flowwarden.fault.Faults;
import io.flowwarden.fault.Nearest;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.schemas.registry.RegistryConfig;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The values of the file by their whole keys, whether written {@code limits.threads: 2} or nested,
 * and the environment, which goes before them.
 */
final class Settings {
    private static final List<String> OPEN = List.of("kafka.", "schema.");
    private static final String INPUTS = "inputs";
    private static final String SINKS = "alert.sinks";

    /** Keys whose value may be a list, or text with commas as in the environment. */
    private static final Set<String> LISTS = Set.of("limits.exporters");

    private static final String REGISTRY = "schema.registry.";
    private static final Map<String, RawFormat> FORMATS =
            Map.of(
                    "netflow", RawFormat.NETFLOW,
                    "sflow", RawFormat.SFLOW,
                    "aws", RawFormat.AWS,
                    "azure", RawFormat.AZURE,
                    "gcp", RawFormat.GCP,
                    "avro", RawFormat.AVRO);

    private final Map<String, YamlValue> written = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final Faults environmentFaults = new Faults("environment");

    /**
     * @param root of the file, or null where there is none
     * @param environment variables of other programs that begin with ours are no faults: an
     *     orchestrator makes such of its own accord (FLOWWARDEN_SERVICE_HOST)
     */
    Settings(YamlValue root, Map<String, String> environment) {
        this.environment = environment;
        YamlMap map = root == null ? null : root.map();
        if (map != null) {
            flatten(map, "");
        }
    }

    private void flatten(YamlMap map, String path) {
        for (String key : map.keys()) {
            String whole = path + key;
            YamlValue value = map.get(key);
            if (value.isMap() && isSection(whole + ".")) {
                YamlMap section = value.map();
                flatten(section, whole + ".");
            } else if (isKnown(whole)) {
                YamlValue first = written.putIfAbsent(whole, value);
                if (first != null) {
                    map.faultOfKey(key, "this key stands on line " + first.line() + " too", null);
                }
            } else if (isSection(whole + ".")) {
                map.faultOfKey(key, "expected a mapping of keys and values", null);
            } else {
                map.faultOfKey(key, "unknown key", Nearest.to(whole, wholeKeysAndSections()));
            }
        }
    }

    private static boolean isKnown(String key) {
        return Keys.names().contains(key) || OPEN.stream().anyMatch(key::startsWith);
    }

    /** Whether keys begin with this, which ends in a dot. */
    private static boolean isSection(String beginning) {
        return Keys.names().stream().anyMatch(key -> key.startsWith(beginning))
                || OPEN.stream().anyMatch(beginning::startsWith);
    }

    private static TreeSet<String> wholeKeysAndSections() {
        var names = new TreeSet<String>();
        for (String key : Keys.names()) {
            names.add(key.substring(0, Math.max(key.indexOf('.'), 0)));
            names.add(key.endsWith(".*") ? key.substring(0, key.length() - 2) : key);
        }
        names.remove("");
        return names;
    }

    /** The value of a key; its default where there is none, and after a fault. */
    <T> T take(String key, Function<String, T> parse) {
        String ours = environment.get(variable(key));
        if (ours != null) {
            try {
                return parse.apply(ours);
            } catch (IllegalArgumentException wrong) {
                environmentFaults.add(0, variable(key), ours, wrong.getMessage(), nearest(wrong));
            }
        } else if (written.containsKey(key)) {
            YamlValue value = written.get(key);
            String text = LISTS.contains(key) ? joined(value) : value.text();
            if (text != null) {
                try {
                    return parse.apply(text);
                } catch (IllegalArgumentException wrong) {
                    value.fault(wrong.getMessage(), nearest(wrong));
                }
            }
        }
        return parse.apply(Keys.defaultOf(key));
    }

    /** The text, or those of a list with commas between; null after a fault. */
    static String joined(YamlValue value) {
        var texts = new ArrayList<String>();
        for (YamlValue item : value.itemsOrOne()) {
            String text = item.text();
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return String.join(",", texts);
    }

    private static String nearest(IllegalArgumentException wrong) {
        return wrong instanceof WrongChoice choice ? choice.nearest() : null;
    }

    /** Values of the file below a beginning, by the rest of their keys. */
    Map<String, String> below(String beginning) {
        var found = new HashMap<String, String>();
        written.forEach(
                (key, value) -> {
                    if (key.startsWith(beginning)) {
                        String text = value.text();
                        if (text != null) {
                            found.put(key.substring(beginning.length()), text);
                        }
                    }
                });
        return found;
    }

    /** The serde's own settings by their whole keys. */
    Map<String, String> schema() {
        var found = new HashMap<String, String>();
        below("schema.").forEach((key, value) -> found.put("schema." + key, value));
        Stream.concat(
                        RegistryConfig.definition().names().stream()
                                .map(name -> name.startsWith("schema.") ? name : REGISTRY + name),
                        Stream.of(
                                "schema.serde.class",
                                "schema.serde.path",
                                REGISTRY + "auto.register.schemas",
                                REGISTRY + "use.latest.version"))
                .forEach(
                        key -> {
                            String ours = environment.get(variable(key));
                            if (ours != null) {
                                found.put(key, ours);
                            }
                        });
        return found;
    }

    List<InputConfig> inputs() {
        var inputs = new ArrayList<InputConfig>();
        YamlValue list = written.get(INPUTS);
        if (list != null) {
            list.items().forEach(item -> input(item, inputs));
            if (list.isList() && list.items().isEmpty()) {
                list.fault("names no topic");
            }
        }
        return inputs;
    }

    List<SinkConfig> sinks() {
        return new SinkSettings(environment).of(written.get(SINKS));
    }

    private void input(YamlValue item, List<InputConfig> inputs) {
        YamlMap map = item.map("topic", "format");
        if (map == null) {
            return;
        }
        String topic = text(map.require("topic"), Texts::topicCharacters);
        RawFormat format = text(map.get("format"), word -> Texts.choice(word, FORMATS));
        if (topic == null) {
            return;
        }
        if (inputs.stream().anyMatch(input -> input.topic().equals(topic))) {
            map.get("topic").fault("is listed twice");
        } else {
            inputs.add(new InputConfig(topic, format));
        }
    }

    private static <T> T text(YamlValue value, Function<String, T> parse) {
        String text = value == null ? null : value.text();
        if (text != null) {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException wrong) {
                value.fault(wrong.getMessage(), nearest(wrong));
            }
        }
        return null;
    }

    /** A fault found beyond reading; the value is left out, since it may be secret. */
    Fault fault(String file, String key, String reason) {
        YamlValue value = written.get(key);
        return new Fault(file, value == null ? 0 : value.line(), key, "", reason, null);
    }

    List<Fault> environmentFaults() {
        return environmentFaults.list();
    }

    /** {@code limits.write-buffer} is {@code FLOWWARDEN_LIMITS_WRITE_BUFFER}. */
    static String variable(String key) {
        return "FLOWWARDEN_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
