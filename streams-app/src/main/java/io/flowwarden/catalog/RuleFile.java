package io.flowwarden.catalog;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.flowwarden.fault.Faults;
import io.flowwarden.fault.Nearest;
import io.flowwarden.fault.TextFile;
import io.flowwarden.yaml.YamlFile;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Rows of a file of rules: CSV with a header line, or YAML, a list with the columns as keys. */
final class RuleFile {
    private RuleFile() {}

    /**
     * Reads what can be read.
     *
     * @param name of the file: ending in .yaml or .yml it is YAML, else CSV
     * @throws io.flowwarden.fault.FaultyInput if it is no such file at all
     */
    static List<RuleRow> read(String name, byte[] content, Faults faults) {
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        return yaml ? yaml(content, faults) : csv(TextFile.text(content, faults), faults);
    }

    private static List<RuleRow> csv(String text, Faults faults) {
        var rows = new ArrayList<RuleRow>();
        List<String> header = null;
        int line = 0;
        // Rows of another length are told in our own words.
        var reader =
                CsvReader.builder()
                        .commentStrategy(CommentStrategy.SKIP)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .allowExtraCharsAfterClosingQuote(false)
                        .ofCsvRecord(text);
        try {
            for (CsvRecord record : reader) {
                line = (int) record.getStartingLineNumber();
                if (header == null) {
                    header = header(record.getFields(), line, faults);
                    continue;
                }
                if (record.getFieldCount() != header.size()) {
                    faults.add(
                            line,
                            "",
                            record.getField(0),
                            "has "
                                    + record.getFieldCount()
                                    + " cells, the header has "
                                    + header.size());
                    continue;
                }
                var cells = new HashMap<String, String>();
                for (int i = 0; i < header.size(); i++) {
                    cells.put(header.get(i), record.getField(i).strip());
                }
                rows.add(new RuleRow(line, cells, Map.of()));
            }
        } catch (CsvParseException e) {
            faults.add(line + 1, "", "", "not CSV from here: " + reason(e));
        }
        if (header == null && faults.isEmpty()) {
            faults.add(0, "", "", "the file is empty");
        }
        return rows;
    }

    private static String reason(CsvParseException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    /** Columns may stand in any order and be left out; without a good header no row means much. */
    private static List<String> header(List<String> header, int line, Faults faults) {
        var seen = new HashSet<String>();
        for (String column : header) {
            if (!RuleRow.COLUMNS.contains(column)) {
                String nearest = Nearest.to(column, RuleRow.COLUMNS);
                faults.add(line, "header", column, "unknown column", nearest);
            } else if (!seen.add(column)) {
                faults.add(line, "header", column, "this column stands twice");
            }
        }
        if (!seen.contains("id")) {
            faults.add(line, "header", "", "the column id is missing");
        }
        faults.refuse();
        return header;
    }

    private static List<RuleRow> yaml(byte[] content, Faults faults) {
        var rows = new ArrayList<RuleRow>();
        for (YamlValue item : YamlFile.read(content, faults).items()) {
            YamlMap map = item.map(RuleRow.COLUMNS.toArray(String[]::new));
            if (map == null) {
                continue;
            }
            var cells = new HashMap<String, String>();
            var lines = new HashMap<String, Integer>();
            for (String column : map.keys()) {
                YamlValue value = map.get(column);
                lines.put(column, value.line());
                cells.put(column, cell(column, value));
            }
            rows.add(new RuleRow(map.line(), cells, lines));
        }
        return rows;
    }

    /** A list where the column holds one word is told when the word is read. */
    private static String cell(String column, YamlValue value) {
        if (!value.isList()) {
            String text = value.text();
            return text == null ? "" : text.strip();
        }
        var words = new StringJoiner(RuleRow.separator(column));
        for (YamlValue word : value.items()) {
            String text = word.text();
            if (text != null) {
                words.add(text);
            }
        }
        return words.toString();
    }
}
