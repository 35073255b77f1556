package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import io.flowwarden.decode.golden.Json;
import io.flowwarden.schemas.Flow;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The table "Flow field by format" of the module's README is true: a cell says something exactly
 * where the format fills the field.
 */
final class FieldTableTest {
    private static final String BEGIN = "<!-- fields:begin -->\n";
    private static final String END = "<!-- fields:end -->";

    @Test
    void cellSaysSomethingExactlyWhereTheFormatFillsTheField() throws IOException {
        Map<String, List<Flow>> formats = RichFlows.byFormat();
        List<List<String>> table = table();
        List<String> headings = table.get(0);
        assertEquals(new ArrayList<>(formats.keySet()), headings.subList(1, headings.size()));

        var filled = new LinkedHashMap<String, List<String>>();
        for (var format : formats.entrySet()) {
            for (Flow flow : format.getValue()) {
                for (var field : fields(flow).entrySet()) {
                    List<String> by =
                            filled.computeIfAbsent(
                                    "`" + field.getKey() + "`", k -> new ArrayList<>());
                    if (says(field.getValue()) && !by.contains(format.getKey())) {
                        by.add(format.getKey());
                    }
                }
            }
        }
        var documented = new LinkedHashMap<String, List<String>>();
        for (List<String> row : table.subList(2, table.size())) {
            var by = new ArrayList<String>();
            for (int column = 1; column < row.size(); column++) {
                if (!row.get(column).isEmpty()) {
                    by.add(headings.get(column));
                }
            }
            documented.put(row.get(0), by);
        }
        assertEquals(lines(filled), lines(documented));
    }

    /** Keys and values as {@code --json} has them, and those that a verdict adds from the flow. */
    private static Map<String, Object> fields(Flow flow) throws IOException {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            FlowJson.write(json, flow);
        }
        var fields = new LinkedHashMap<>(Json.object(Json.read(text.toString())));
        fields.remove("type");
        fields.put("pkt_src", flow.getPktSrc());
        fields.put("pkt_dst", flow.getPktDst());
        return fields;
    }

    private static boolean says(Object value) {
        return value != null && !value.equals("UNKNOWN") && !value.equals(false);
    }

    private static String lines(Map<String, List<String>> formatsByField) {
        var lines = new StringBuilder();
        formatsByField.forEach(
                (field, by) -> lines.append(field).append(' ').append(by).append('\n'));
        return lines.toString();
    }

    private static List<List<String>> table() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        return readme.substring(begin, readme.indexOf(END, begin))
                .lines()
                .map(line -> line.substring(1, line.length() - 1).split("\\|", -1))
                .map(cells -> Arrays.stream(cells).map(String::strip).toList())
                .toList();
    }
}
