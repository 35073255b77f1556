package io.flowwarden.connect.objects;

import io.flowwarden.testkit.GeneratedText;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void metricsInTheReadmeAreThoseOfTheTask() throws IOException {
        var table = new StringBuilder("\n| metric | what |\n|---|---|\n");
        Counters.DESCRIPTIONS.forEach(
                (name, what) -> table.append("| `%s` | %s |\n".formatted(name, what)));
        GeneratedText.check(Path.of("README.md"), "metrics", table.append('\n').toString());
    }
}
