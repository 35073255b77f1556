package io.flowwarden.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Values that stand elsewhere, in the words of Kafka Connect: {@code ${env:NAME}}, {@code
 * ${file:/path:key}}, {@code ${directory:/path:file}}.
 */
final class Secrets {
    private final ConfigTransformer transformer;

    Secrets(Map<String, String> environment) {
        var files = new FileConfigProvider();
        files.configure(Map.of());
        var folders = new DirectoryConfigProvider();
        folders.configure(Map.of());
        transformer =
                new ConfigTransformer(
                        Map.of(
                                "env",
                                new Environment(environment),
                                "file",
                                files,
                                "directory",
                                folders));
    }

    /**
     * @throws IllegalArgumentException if something is not there
     */
    String resolved(String text) {
        Map<String, String> found;
        try {
            found = transformer.transform(Map.of("value", text)).data();
        } catch (ConfigException notThere) {
            throw new IllegalArgumentException(notThere.getMessage(), notThere);
        }
        String value = found.get("value");
        if (value.matches("(?s).*\\$\\{(env|file|directory):.*")) {
            throw new IllegalArgumentException("names something that is not there");
        }
        return value;
    }

    private record Environment(Map<String, String> variables) implements ConfigProvider {
        @Override
        public ConfigData get(String path) {
            return new ConfigData(variables);
        }

        @Override
        public ConfigData get(String path, Set<String> names) {
            var known = new HashMap<>(variables);
            known.keySet().retainAll(names);
            return new ConfigData(known);
        }

        @Override
        public void configure(Map<String, ?> settings) {
            // Has none.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
