package io.flowwarden.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code compose.yaml}, as far as a test asks. */
record Compose(Path folder, Map<String, Object> content) {
    /** A part of {@code volumes} of a service: what of here, or which volume, is where. */
    record Mount(String service, String source, String target) {
        boolean isFile() {
            return source.startsWith(".");
        }
    }

    /** A part of {@code ports}: what is reached from outside, and the port of the service. */
    record Published(String service, String outside, int port) {}

    static Compose read(Path file) {
        return new Compose(file.getParent(), map(yaml(file)));
    }

    static Object yaml(Path file) {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Set<String> services() {
        return map(content.get("services")).keySet();
    }

    Map<String, Object> service(String name) {
        return map(map(content.get("services")).get(name));
    }

    Set<String> volumes() {
        return map(content.get("volumes")).keySet();
    }

    List<Mount> mounts() {
        return services().stream()
                .flatMap(
                        name ->
                                list(service(name).get("volumes")).stream()
                                        .map(text -> text.toString().split(":"))
                                        .map(part -> new Mount(name, part[0], part[1])))
                .toList();
    }

    List<Published> published() {
        return services().stream()
                .flatMap(
                        name ->
                                list(service(name).get("ports")).stream()
                                        .map(Object::toString)
                                        .map(text -> published(name, text)))
                .toList();
    }

    Map<String, String> environment(String service) {
        return map(service(service).get("environment")).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toString()));
    }

    private static Published published(String service, String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1).replace("/udp", "");
        return new Published(service, text.substring(0, colon), Integer.parseInt(port));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
    }

    static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
