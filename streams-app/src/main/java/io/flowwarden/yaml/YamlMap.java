package io.flowwarden.yaml;

import io.flowwarden.fault.Faults;
import io.flowwarden.fault.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping of a file. Keys nobody knows and keys that stand twice are faults. */
public final class YamlMap {
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final int line;
    private final String path;
    private final Faults faults;

    YamlMap(MappingNode node, String path, List<String> known, Faults faults) {
        this.line = lineOf(node);
        this.path = path;
        this.faults = faults;
        var firstLines = new LinkedHashMap<String, Integer>();
        for (NodeTuple tuple : node.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode scalar)) {
                faults.add(lineOf(keyNode), path, "", "a key must be a single text");
                continue;
            }
            String key = scalar.getValue();
            String keyPath = pathTo(key);
            Integer first = firstLines.putIfAbsent(key, lineOf(keyNode));
            if (first != null) {
                faults.add(
                        lineOf(keyNode), keyPath, key, "this key stands on line " + first + " too");
            } else if (known != null && !known.contains(key)) {
                faults.add(lineOf(keyNode), keyPath, key, "unknown key", Nearest.to(key, known));
            } else {
                var value = new YamlValue(tuple.getValueNode(), keyPath, faults);
                // "roles:" with nothing behind it is a list somebody has commented out.
                if (!value.isNull()) {
                    values.put(key, value);
                }
            }
        }
    }

    public int line() {
        return line;
    }

    /** Keys that have a value, in the order of the file. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** The value of a key, or null where there is none. */
    public YamlValue get(String key) {
        return values.get(key);
    }

    /** The value of a key; null and a fault where there is none. */
    public YamlValue require(String key) {
        YamlValue value = values.get(key);
        if (value == null) {
            faults.add(line, pathTo(key), "", "is missing");
        }
        return value;
    }

    /** The text of a key; null and a fault where there is none. */
    public String requireText(String key) {
        YamlValue value = require(key);
        return value == null ? null : value.text();
    }

    /** Items of a list or the single text of a key, none where the key has no value. */
    public List<YamlValue> items(String key) {
        YamlValue value = values.get(key);
        return value == null ? List.of() : value.itemsOrOne();
    }

    public boolean flag(String key) {
        YamlValue value = values.get(key);
        return value != null && Boolean.TRUE.equals(value.truth());
    }

    /** A fault of the mapping as a whole. */
    public void fault(String reason) {
        faults.add(line, path, "", reason);
    }

    /** A fault of a key that is data, not of its value. */
    public void faultOfKey(String key, String reason, String nearest) {
        faults.add(values.get(key).line(), pathTo(key), key, reason, nearest);
    }

    private String pathTo(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }
}
