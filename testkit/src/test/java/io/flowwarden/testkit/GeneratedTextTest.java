package io.flowwarden.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratedTextTest {
    private static final String OLD = "a\n<!-- t:begin -->\nold\n<!-- t:end -->\nb\n";

    @TempDir Path folder;
    private Path readme;
    private String before;

    @BeforeEach
    void write() throws IOException {
        before = System.getProperty("flowwarden.update", "false");
        System.setProperty("flowwarden.update", "false");
        readme = Files.writeString(folder.resolve("README.md"), OLD);
    }

    @AfterEach
    void restore() {
        System.setProperty("flowwarden.update", before);
    }

    @Test
    void staleTextFailsAndSaysHowToUpdateIt() throws IOException {
        GeneratedText.check(readme, "t", "old\n");
        var stale =
                assertThrows(AssertionError.class, () -> GeneratedText.check(readme, "t", "new\n"));
        assertTrue(stale.getMessage().contains("-Dflowwarden.update=true"), stale.getMessage());
        assertEquals(OLD, Files.readString(readme));
    }

    @Test
    void updateWritesBetweenTheMarkersOnly() throws IOException {
        System.setProperty("flowwarden.update", "true");
        GeneratedText.check(readme, "t", "new\n");
        assertEquals(OLD.replace("old", "new"), Files.readString(readme));
    }

    @Test
    void missingMarkersFailAlsoWhenUpdating() {
        System.setProperty("flowwarden.update", "true");
        assertThrows(AssertionError.class, () -> GeneratedText.check(readme, "other", "new\n"));
    }
}
