package io.flowwarden.connect.objects.directory;

import io.flowwarden.connect.objects.Valid;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

final class DirectoryConfig extends AbstractConfig {
    private static final String PATH = "directory.path";

    DirectoryConfig(Map<String, String> settings) {
        super(addTo(new ConfigDef()), settings, false);
    }

    static ConfigDef addTo(ConfigDef options) {
        return options.define(
                PATH,
                Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                absolute(),
                Importance.HIGH,
                "The directory, which is read with all directories in it. Names that begin with a"
                        + " dot are left out.",
                "Directory",
                1,
                Width.LONG,
                "Directory");
    }

    private static Validator absolute() {
        return Valid.that(
                "an absolute path",
                path -> {
                    // A worker's own directory is nobody's idea of where logs are.
                    if (!Path.of((String) path).isAbsolute()) {
                        throw new IllegalArgumentException("it is not an absolute path");
                    }
                });
    }

    Path path() {
        return Path.of(getString(PATH)).normalize();
    }
}
