package io.flowwarden.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Part of a README that is made of the code: what stands between the lines {@code <!-- name:begin
 * -->} and {@code <!-- name:end -->}.
 */
public final class GeneratedText {
    private GeneratedText() {}

    /**
     * Fails where the file says something else; with {@code -Dflowwarden.update=true} writes the
     * file instead.
     *
     * @param name of the markers
     * @param text whole lines
     */
    public static void check(Path file, String name, String text) throws IOException {
        String whole = Files.readString(file);
        String first = "<!-- " + name + ":begin -->\n";
        int begin = whole.indexOf(first);
        int end = whole.indexOf("<!-- " + name + ":end -->\n");
        assertTrue(begin >= 0 && end > begin, file + " has no lines for " + first.trim());
        begin += first.length();
        if (Boolean.getBoolean("flowwarden.update")) {
            Files.writeString(file, whole.substring(0, begin) + text + whole.substring(end));
            return;
        }
        assertEquals(
                text,
                whole.substring(begin, end),
                file + " is stale: run this test with -Dflowwarden.update=true");
    }
}
