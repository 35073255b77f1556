package io.flowwarden.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir Path folder;

    @Test
    void whoComesSecondHearsWhoHasIt() throws IOException {
        Path data = folder.resolve("not/there/yet");
        try (var first = DataFolder.take(data, 4711)) {
            var refused = assertThrows(IOException.class, () -> DataFolder.take(data, 4712));
            assertTrue(refused.getMessage().contains(data + " is in use"), refused.getMessage());
            assertTrue(refused.getMessage().contains("process 4711"), refused.getMessage());
            assertEquals(data, first.path());
        }
        DataFolder.take(data, 4712).close();
        assertEquals("4712", Files.readString(data.resolve("lock")).strip());
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        var refused = assertThrows(IOException.class, () -> DataFolder.take(file, 1));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }
}
