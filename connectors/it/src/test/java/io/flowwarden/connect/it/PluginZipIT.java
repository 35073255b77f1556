package io.flowwarden.connect.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in a plugin's zip, and what must not be. */
final class PluginZipIT {
    /** What the worker has; a second copy in a plugin is another class of the same name. */
    private static final List<String> OF_THE_WORKER =
            List.of("org/apache/kafka/", "org/slf4j/", "com/github/luben/zstd/", "org/xerial/");

    private static final List<String> SERVICES =
            List.of(
                    "META-INF/services/org.apache.kafka.connect.source.SourceConnector",
                    "META-INF/services/org.apache.kafka.connect.sink.SinkConnector");

    static List<Plugin> plugins() throws IOException {
        return Plugin.all();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void layoutIsTheMarketplaces(Plugin plugin) throws IOException {
        var folders = new TreeSet<String>();
        try (var zip = new ZipFile(plugin.zip().toFile())) {
            for (ZipEntry entry : entries(zip)) {
                Path path = Path.of(entry.getName());
                assertEquals(plugin.folder(), path.getName(0).toString(), "one folder");
                if (path.getNameCount() > 2) {
                    folders.add(path.getName(1).toString());
                }
            }
            assertEquals(Set.of("doc", "etc", "lib"), folders);
            JsonNode manifest = new ObjectMapper().readTree(bytes(zip, plugin, "manifest.json"));
            assertEquals(
                    plugin.folder(),
                    "%s-%s-%s"
                            .formatted(
                                    manifest.at("/owner/username").asText(),
                                    manifest.path("name").asText(),
                                    manifest.path("version").asText()));
            assertTrue(
                    !new String(bytes(zip, plugin, "manifest.json"), UTF_8).contains("${"),
                    "all properties are filled in");
            for (String file : List.of("doc/README.md", "doc/LICENSE")) {
                assertTrue(bytes(zip, plugin, file).length > 0, file);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void nothingOfTheWorkersIsInside(Plugin plugin) throws IOException {
        var found = new ArrayList<String>();
        int services = 0;
        try (var zip = new ZipFile(plugin.zip().toFile())) {
            for (ZipEntry jar : entries(zip)) {
                if (!jar.getName().endsWith(".jar")) {
                    continue;
                }
                try (var in = new ZipInputStream(zip.getInputStream(jar))) {
                    for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                        String name = entry.getName();
                        if (name.endsWith(".class")
                                && OF_THE_WORKER.stream().anyMatch(name::startsWith)) {
                            found.add(jar.getName() + ": " + name);
                        }
                        services += SERVICES.contains(name) ? 1 : 0;
                    }
                }
            }
        }
        assertEquals(List.of(), found);
        assertEquals(1, services, "found without scanning all classes");
    }

    /** Two builds of the same source give the same zip, whenever and wherever. */
    @ParameterizedTest
    @MethodSource("plugins")
    void entriesCarryNoTimeOfTheBuild(Plugin plugin) throws IOException {
        try (var zip = new ZipFile(plugin.zip().toFile())) {
            for (ZipEntry entry : entries(zip)) {
                assertEquals(
                        LocalDateTime.of(2026, 1, 1, 0, 0), entry.getTimeLocal(), entry.getName());
            }
        }
    }

    private static List<? extends ZipEntry> entries(ZipFile zip) {
        return zip.stream().toList();
    }

    private static byte[] bytes(ZipFile zip, Plugin plugin, String name) throws IOException {
        ZipEntry entry = zip.getEntry(plugin.folder() + "/" + name);
        assertTrue(entry != null, name + " is missing");
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
