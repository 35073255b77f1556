package io.flowwarden.catalog;

import java.util.List;
import java.util.Map;

/**
 * A rule as somebody wrote it.
 *
 * @param line where it begins, from 1
 * @param cells text by column; an empty one may be left out
 * @param lines where cells stand that are not on the first line
 */
record RuleRow(int line, Map<String, String> cells, Map<String, Integer> lines) {
    /** The contract's columns, in its order. */
    static final List<String> COLUMNS =
            List.of(
                    "id",
                    "product",
                    "versions",
                    "transport",
                    "port_from",
                    "port_to",
                    "source_role",
                    "target_role",
                    "scope",
                    "category",
                    "flags",
                    "purpose",
                    "reference",
                    "note");

    String cell(String column) {
        return cells.getOrDefault(column, "");
    }

    int lineOf(String column) {
        return lines.getOrDefault(column, line);
    }

    /** What stands between the words of a cell that holds several. */
    static String separator(String column) {
        return column.endsWith("_role") ? "|" : " ";
    }
}
