package io.flowwarden.connect.alerts;

import io.flowwarden.sink.SinkKind;
import io.flowwarden.testkit.GeneratedText;
import io.flowwarden.testkit.OptionTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ReadmeTest {
    @Test
    void optionsInTheReadmeAreThoseOfTheConnectors() throws IOException {
        for (SinkKind kind : SinkKind.values()) {
            GeneratedText.check(
                    Path.of("README.md"),
                    kind.name().toLowerCase(Locale.ROOT),
                    OptionTable.of(ConnectOptions.of(kind)));
        }
    }
}
