package io.flowwarden.decode.golden;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The collection of real captures that {@code -Dflowwarden.captures} names, by its index. */
final class Captures {
    private static final Set<String> FAMILIES =
            Set.of("v5", "v9", "ipfix", "sflow", "aws", "azure", "gcp", "mixed");

    /**
     * One input file.
     *
     * @param records flow records in it, or null where sound decoders differ
     */
    record Input(
            Path path,
            String family,
            Long records,
            boolean malformed,
            boolean independent,
            Path golden,
            Long options) {}

    /** Files that are read in order from one exporter. */
    record Case(String name, List<Input> inputs) {
        boolean malformed() {
            return inputs.stream().anyMatch(Input::malformed);
        }

        /** Sum over the files, or null where one of them has no number. */
        Long records() {
            long sum = 0;
            for (Input input : inputs) {
                if (input.records() == null) {
                    return null;
                }
                sum += input.records();
            }
            return sum;
        }

        String family() {
            return inputs.get(0).family();
        }

        Path golden() {
            return inputs.get(0).golden();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Captures() {}

    static Path root() {
        String root = System.getProperty("flowwarden.captures", "");
        assumeFalse(root.isEmpty(), "needs -Dflowwarden.captures=DIR");
        return Path.of(root);
    }

    /** All cases of the formats that this version decodes. */
    static List<Case> cases() throws IOException {
        Path root = root();
        var cases = new LinkedHashMap<String, List<Map<String, Object>>>();
        for (Object each : (List<?>) Json.read(root.resolve("index.json"))) {
            Map<String, Object> entry = Json.object(each);
            String path = (String) entry.get("path");
            if (FAMILIES.contains(entry.get("family"))) {
                boolean alone = Boolean.TRUE.equals(entry.get("independent"));
                String name = alone ? path : (String) entry.get("case");
                cases.computeIfAbsent(name, n -> new ArrayList<>()).add(entry);
            }
        }
        var all = new ArrayList<Case>();
        cases.forEach(
                (name, entries) -> {
                    entries.sort(Comparator.comparing(e -> (Long) e.get("order")));
                    all.add(new Case(name, entries.stream().map(e -> input(root, e)).toList()));
                });
        return all;
    }

    private static Input input(Path root, Map<String, Object> entry) {
        Object golden = entry.get("golden");
        return new Input(
                root.resolve((String) entry.get("path")),
                (String) entry.get("family"),
                (Long) entry.get("records"),
                Boolean.TRUE.equals(entry.get("malformed")),
                Boolean.TRUE.equals(entry.get("independent")),
                golden == null ? null : root.resolve((String) golden),
                (Long) entry.get("options_records"));
    }
}
