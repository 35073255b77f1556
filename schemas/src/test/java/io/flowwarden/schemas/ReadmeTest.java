package io.flowwarden.schemas;

import io.flowwarden.testkit.GeneratedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final String HEAD = "| key | default | what |\n|---|---|---|\n";

    @Test
    void tableOfKeysIsTheCodes() throws IOException {
        GeneratedText.check(Path.of("README.md"), "config", table());
    }

    private static String table() {
        return HEAD
                + SerdeConfig.keys().configKeys().values().stream()
                        .filter(key -> !key.name.startsWith("ssl."))
                        .map(ReadmeTest::row)
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(ConfigKey key) {
        String value =
                key.defaultValue == ConfigDef.NO_DEFAULT_VALUE
                        ? "(required)"
                        : key.defaultValue == null
                                ? ""
                                : ConfigDef.convertToString(key.defaultValue, key.type);
        return ("| `" + key.name + "` | " + value + " | " + key.documentation + " |")
                .replace("|  |", "| |");
    }
}
