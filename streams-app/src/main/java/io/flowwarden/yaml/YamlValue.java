package io.flowwarden.yaml;

import io.flowwarden.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a file and the path of keys that leads to it. Reading it as what it is not adds a
 * fault and gives null or nothing, so that one pass finds everything.
 */
public final class YamlValue {
    private final Node node;
    private final String path;
    private final Faults faults;

    YamlValue(Node node, String path, Faults faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
    }

    /** From 1. */
    public int line() {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    /** A mapping of these keys; null where it is something else. */
    public YamlMap map(String... keys) {
        return mapOf(List.of(keys));
    }

    /** A mapping whose keys are data; null where it is something else. */
    public YamlMap map() {
        return mapOf(null);
    }

    private YamlMap mapOf(List<String> keys) {
        if (node instanceof MappingNode mapping) {
            return new YamlMap(mapping, path, keys, faults);
        }
        fault("expected a mapping of keys and values");
        return null;
    }

    /** The items of a list; none where it is something else. */
    public List<YamlValue> items() {
        if (node instanceof SequenceNode sequence) {
            var items = new ArrayList<YamlValue>(sequence.getValue().size());
            for (Node item : sequence.getValue()) {
                items.add(new YamlValue(item, path + "[" + items.size() + "]", faults));
            }
            return items;
        }
        fault("expected a list");
        return List.of();
    }

    /** Likewise, where a single text is a list of one. */
    public List<YamlValue> itemsOrOne() {
        return node instanceof ScalarNode ? List.of(this) : items();
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /** What is written, not empty; null where it is no single text. */
    public String text() {
        if (node instanceof ScalarNode scalar) {
            if (!isNull() && !scalar.getValue().isBlank()) {
                return scalar.getValue();
            }
            fault("is empty");
        } else {
            fault("expected a single text, not a " + kind());
        }
        return null;
    }

    /** true or false as YAML writes them; null where it is something else. */
    public Boolean truth() {
        String text = text();
        if (text == null) {
            return null;
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        fault("expected true or false");
        return null;
    }

    /** A whole number within bounds; null where it is something else. */
    public Integer number(int least, int most) {
        String text = text();
        if (text == null) {
            return null;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below: a number out of bounds and a word are one mistake to the reader.
        }
        fault("expected a whole number from " + least + " to " + most);
        return null;
    }

    public void fault(String reason) {
        fault(reason, null);
    }

    public void fault(String reason, String nearest) {
        faults.add(line(), path, written(), reason, nearest);
    }

    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    private String written() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private String kind() {
        return node instanceof SequenceNode ? "list" : "mapping";
    }
}
