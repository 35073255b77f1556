package io.flowwarden.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The table of options in the module's README is made of the annotations. {@code
 * -Dflowwarden.update=true} writes it anew.
 */
final class OptionTableTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- config:begin -->\n";
    private static final String END = "<!-- config:end -->\n";

    @Test
    void readmeListsEveryKeyWithItsDefault() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        String table = table();
        if (Boolean.getBoolean("flowwarden.update")) {
            Files.writeString(README, readme.substring(0, begin) + table + readme.substring(end));
        } else {
            assertEquals(
                    table,
                    readme.substring(begin, end),
                    "stale: mvn -pl streams-app -am test -Dtest=OptionTableTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dflowwarden.update=true");
        }
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
