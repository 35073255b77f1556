package io.flowwarden.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private static final List<Schema> TYPES =
            List.of(
                    Flow.getClassSchema(),
                    JudgedFlow.getClassSchema(),
                    PortRule.getClassSchema(),
                    Finding.getClassSchema(),
                    Action.getClassSchema(),
                    Alert.getClassSchema(),
                    EstateEntry.getClassSchema());

    @Test
    void everyRecordAndFieldSaysWhatItIsAndWhereItComesFrom() {
        List<String> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        TYPES.forEach(type -> walk(type, seen, faults));
        assertEquals(List.of(), faults);
        assertTrue(seen.size() > 90, "walked only " + seen.size() + " fields");
    }

    @Test
    void everySchemaFileIsATypeOfTheVocabulary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/avro"))) {
            List<String> names =
                    files.map(f -> f.getFileName().toString().replace(".avsc", ""))
                            .sorted()
                            .toList();
            assertEquals(TYPES.stream().map(Schema::getName).sorted().toList(), names);
        }
    }

    private static void walk(Schema schema, Set<String> seen, List<String> faults) {
        switch (schema.getType()) {
            case RECORD -> {
                require(
                        schema.getDoc() != null && !schema.getDoc().isBlank(),
                        schema.getName(),
                        faults);
                for (Schema.Field field : schema.getFields()) {
                    String name = schema.getName() + "." + field.name();
                    if (seen.add(name)) {
                        String doc = field.doc() == null ? "" : field.doc();
                        require(doc.matches("\\S.+\\. Source: \\S.+"), name + ": " + doc, faults);
                        walk(field.schema(), seen, faults);
                    }
                }
            }
            case UNION -> schema.getTypes().forEach(branch -> walk(branch, seen, faults));
            case ARRAY -> walk(schema.getElementType(), seen, faults);
            case MAP -> walk(schema.getValueType(), seen, faults);
            default -> {}
        }
    }

    private static void require(boolean holds, String what, List<String> faults) {
        if (!holds) {
            faults.add(what);
        }
    }
}
