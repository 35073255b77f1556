package io.flowwarden.draft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.input.InputReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real captures and logs, whole, cut or no flows at all: each has a draft that is an estate. */
final class CapturesDraftTest {
    private static final Catalog CATALOG = Catalog.bundled();

    @Test
    void everyCaptureHasADraftThatIsAnEstate() throws IOException {
        String root = System.getProperty("flowwarden.captures", "");
        assumeFalse(root.isEmpty(), "needs -Dflowwarden.captures=DIR");
        List<Path> files;
        try (var walk = Files.walk(Path.of(root))) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        long flows = 0;
        var all = new Draft(CATALOG);
        for (Path file : files) {
            flows += draft(file, all);
        }
        String text = String.join("\n", all.lines());
        EstateFile.parse("all of them", text.getBytes(UTF_8), CATALOG);
        assertTrue(flows > 5_000, flows + " flows");
    }

    private static long draft(Path file, Draft all) throws IOException {
        var decoder = new Decoder(new MemoryTemplates());
        var batch = new FlowBatch();
        var draft = new Draft(CATALOG);
        long[] flows = {0};
        new InputReader(null, null, InputStream.nullInputStream())
                .read(
                        file.toString(),
                        raw -> {
                            decoder.decode(raw, batch);
                            draft.observe(batch);
                            all.observe(batch);
                            flows[0] += batch.size();
                        });
        String text = String.join("\n", draft.lines());
        EstateFile.parse(file.toString(), text.getBytes(UTF_8), CATALOG);
        return flows[0];
    }
}
