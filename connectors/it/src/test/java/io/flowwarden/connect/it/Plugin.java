package io.flowwarden.connect.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A connector as it is packaged.
 *
 * @param zip {@code flowwarden-NAME-VERSION.zip}
 */
record Plugin(Path zip) {
    /** The zip of each module that packages one; a module whose zip is missing is an error. */
    static List<Plugin> all() throws IOException {
        try (var modules = Files.list(Path.of(".."))) {
            return modules.filter(Plugin::packages).sorted().map(Plugin::of).toList();
        }
    }

    private static boolean packages(Path module) {
        Path pom = module.resolve("pom.xml");
        try {
            return Files.exists(pom) && Files.readString(pom).contains("<plugin.name>");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The zip of a module, which may also be a library for the folder of a plugin. */
    static Plugin of(Path module) {
        try (var files = Files.newDirectoryStream(module.resolve("target"), "flowwarden-*.zip")) {
            return new Plugin(files.iterator().next());
        } catch (IOException | NoSuchElementException e) {
            throw new AssertionError(module + " has no zip: mvn verify from the root", e);
        }
    }

    /** The one folder in the zip. */
    String folder() {
        return zip.getFileName().toString().replaceFirst("\\.zip$", "");
    }

    void unzipTo(Path pluginPath) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                Path target = pluginPath.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (var in = file.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return folder();
    }
}
