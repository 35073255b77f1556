package io.flowwarden.connect.objects.directory;

import io.flowwarden.testkit.GeneratedText;
import io.flowwarden.testkit.OptionTable;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void optionsInTheReadmeAreThoseOfTheConnector() throws IOException {
        GeneratedText.check(
                Path.of("README.md"), "options", OptionTable.of(new DirectoryLogSource().config()));
    }
}
