package io.flowwarden.decode.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What other projects decoded from the same input. Their files have many shapes; what they share is
 * that somewhere in them a record is a set of (their name, value). Those are dug out here, names
 * and values still theirs.
 */
final class Goldens {
    private static final Pattern TELEGRAF = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\d+)[ui]?)");

    private Goldens() {}

    /** All records of the goldens in a case's directory. */
    static List<Map<String, Object>> of(Path directory) throws IOException {
        var records = new ArrayList<Map<String, Object>>();
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.equals("expected.json")) {
                dig(Json.object(Json.read(file)).get("expect"), records);
            } else if (name.endsWith(".netgauze-flow.jsonl")) {
                for (String line : Files.readAllLines(file)) {
                    dig(Json.read(line), records);
                }
            } else if (name.equals("expected.out")) {
                telegraf(Files.readAllLines(file), records);
            } else if (name.endsWith(".snap.yaml")) {
                snapshot(Files.readString(file), records);
            } else if (name.equals("ipfixcol-expected.txt")) {
                ipfixcol(Files.readAllLines(file), records);
            }
        }
        return records;
    }

    /** Objects, and lists of pairs or of objects with one name each, at any depth. */
    private static void dig(Object value, List<Map<String, Object>> records) {
        if (value instanceof Map) {
            Map<String, Object> object = Json.object(value);
            Map<String, Object> fields = listed(object.get("fields"));
            if (!fields.isEmpty() && Json.list(object.get("scope_fields")).isEmpty()) {
                records.add(fields);
                return;
            }
            records.add(object);
            object.values().forEach(each -> dig(each, records));
        } else {
            Map<String, Object> pairs = listed(value);
            if (!pairs.isEmpty()) {
                records.add(pairs);
            } else {
                Json.list(value).forEach(each -> dig(each, records));
            }
        }
    }

    /**
     * {@code [{"a":1},{"b":2}]} or {@code [["a",1],["b",2]]} as one record; the inner header comes
     * last.
     */
    private static Map<String, Object> listed(Object value) {
        var record = new LinkedHashMap<String, Object>();
        List<?> list = Json.list(value);
        for (Object each : list) {
            if (list.size() > 1 && isField(each)) {
                record.putAll(Json.object(each));
            } else if (isPair(each)) {
                List<?> pair = Json.list(each);
                record.put((String) scalar(pair.get(0)), scalar(pair.get(1)));
            } else {
                return Map.of();
            }
        }
        return record;
    }

    /** One name and its value: plain, an array, or names of bits. */
    private static boolean isField(Object value) {
        return Json.object(value).size() == 1
                && Json.object(value).values().stream()
                        .flatMap(inner -> Json.object(inner).values().stream())
                        .noneMatch(inner -> inner instanceof List || inner instanceof Map);
    }

    private static boolean isPair(Object value) {
        List<?> pair = Json.list(value);
        return pair.size() == 2
                && scalar(pair.get(0)) instanceof String
                && !(pair.get(1) instanceof List);
    }

    /** Innermost value of {@code {DataNumber: {U32: 1}}}; flags by name stay together. */
    private static Object scalar(Object value) {
        Object inner = value;
        while (inner instanceof Map && Json.object(inner).size() == 1) {
            inner = Json.object(inner).values().iterator().next();
        }
        return inner;
    }

    private static void telegraf(List<String> lines, List<Map<String, Object>> records) {
        for (String line : lines) {
            var record = new LinkedHashMap<String, Object>();
            int fields = line.indexOf(' ');
            Matcher field = TELEGRAF.matcher(line);
            while (fields > 0 && field.find()) {
                Object value = field.group(2);
                if (field.start() > fields) {
                    record.put(
                            field.group(1), value == null ? Long.valueOf(field.group(3)) : value);
                }
            }
            records.add(record);
        }
    }

    private static void snapshot(String text, List<Map<String, Object>> records) {
        int body = text.indexOf("---", 3);
        if (body >= 0) {
            Object packets =
                    new Load(LoadSettings.builder().build())
                            .loadFromString(text.substring(body + 3));
            for (Object packet : Json.list(packets)) {
                Json.object(packet).values().forEach(each -> dig(each, records));
            }
        }
    }

    /** A dump by element number; numbers are printed in the byte order of their machine. */
    private static void ipfixcol(List<String> lines, List<Map<String, Object>> records) {
        Map<String, Object> record = null;
        Pattern field = Pattern.compile("\\s*IE ID: (\\d+)\\s+Value: (?:0x)?([0-9a-f]+)\\s*");
        for (String line : lines) {
            Matcher matcher = field.matcher(line);
            if (line.startsWith("Data Record")) {
                record = new LinkedHashMap<>();
                records.add(record);
            } else if (record != null && matcher.matches()) {
                record.putIfAbsent("ie" + matcher.group(1), "0x" + matcher.group(2));
            }
        }
    }
}
