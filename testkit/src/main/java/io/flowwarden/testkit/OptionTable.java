package io.flowwarden.testkit;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The options of a connector as Markdown, a table for each group. */
public final class OptionTable {
    private OptionTable() {}

    /**
     * @throws IllegalArgumentException if an option lacks what its reader needs: a group, a display
     *     name, a sentence, or a validator that says what is valid
     */
    public static String of(ConfigDef options) {
        var groups =
                options.configKeys().values().stream()
                        .peek(OptionTable::complete)
                        .sorted(comparingInt(key -> options.groups().indexOf(key.group)))
                        .collect(groupingBy(key -> key.group, LinkedHashMap::new, toList()));
        var text = new StringBuilder();
        groups.forEach((group, keys) -> table(group, keys, text));
        return text.toString();
    }

    private static void table(String group, List<ConfigKey> keys, StringBuilder text) {
        text.append("\n**").append(group).append("**\n\n");
        text.append("| option | type | default | valid | what |\n|---|---|---|---|---|\n");
        keys.stream()
                .sorted(comparingInt(key -> key.orderInGroup))
                .forEach(key -> text.append(row(key)).append('\n'));
        text.append('\n');
    }

    private static String row(ConfigKey key) {
        String row =
                "| `%s` | %s | %s | %s | %s |"
                        .formatted(
                                key.name,
                                key.type.name().toLowerCase(Locale.ROOT),
                                byDefault(key),
                                key.validator == null ? "" : cell(key.validator.toString()),
                                cell(key.documentation));
        return row.replaceAll(" {2,}\\|", " |");
    }

    private static String byDefault(ConfigKey key) {
        if (!key.hasDefault()) {
            return "(required)";
        }
        String value =
                key.type == Type.PASSWORD
                        ? null
                        : ConfigDef.convertToString(key.defaultValue, key.type);
        return value == null || value.isEmpty() ? "" : "`" + cell(value) + "`";
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }

    private static void complete(ConfigKey key) {
        require(key, key.group != null, "belongs to no group");
        require(key, !key.displayName.equals(key.name), "has no display name");
        require(key, !key.documentation.isBlank(), "has no documentation");
        // What Object.toString and lambdas say.
        require(
                key,
                key.validator == null || !key.validator.toString().matches(".*@[0-9a-f]{3,}"),
                "has a validator without a toString that says what is valid");
    }

    private static void require(ConfigKey key, boolean met, String lack) {
        if (!met) {
            throw new IllegalArgumentException("option " + key.name + " " + lack);
        }
    }
}
