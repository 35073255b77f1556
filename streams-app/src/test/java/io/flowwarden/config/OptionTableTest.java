package io.flowwarden.config;

import io.flowwarden.testkit.GeneratedText;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The table of options in the module's README is made of the annotations. {@code
 * -Dflowwarden.update=true} writes it anew.
 */
final class OptionTableTest {
    @Test
    void readmeListsEveryKeyWithItsDefault() throws IOException {
        GeneratedText.check(Path.of("README.md"), "config", table());
    }

    private static String table() {
        var table = new StringBuilder("| key | default | what |\n|---|---|---|\n");
        for (Key key : Keys.ALL) {
            table.append("| `").append(key.name()).append("` | ");
            table.append(key.byDefault().isEmpty() ? "" : "`" + key.byDefault() + "` ");
            table.append("| ").append(key.doc()).append(" |\n");
        }
        return table.toString();
    }
}
