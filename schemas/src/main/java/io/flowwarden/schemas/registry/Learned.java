package io.flowwarden.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a registry has told us, kept in a file of JSON lines. A registry never gives an id to
 * another content, so a line stays true; it is only asked for while no registry answers. Lines of
 * another registry are ignored: its ids mean something else. The file is append-only, and a line
 * cut by a crash is skipped.
 */
final class Learned {
    private final Path file;
    private final String registry;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Set<String> written = new HashSet<>();

    private Learned(Path file, String registry) {
        this.file = file;
        this.registry = registry;
    }

    static Learned none() {
        return new Learned(null, "");
    }

    /**
     * @param registry stands for the registry, whatever the order of its addresses
     */
    static Learned open(Path file, String registry) {
        Learned learned = new Learned(file, registry);
        if (Files.exists(file)) {
            try {
                // Not readAllLines: a torn line need not be UTF-8.
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(learned::read);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        RegistryConfig.LEARNED_FILE + " = " + file + ": cannot be read", e);
            }
        }
        return learned;
    }

    private void read(String line) {
        try {
            JsonNode entry = Json.MAPPER.readTree(line);
            if (registry.equals(entry.path("registry").asText())
                    && entry.path("question").isTextual()
                    && entry.path("answer").isTextual()) {
                answers.put(entry.get("question").asText(), entry.get("answer").asText());
                written.add(line);
            }
        } catch (JsonProcessingException e) {
            // Cut by a crash: the registry will be asked again.
        }
    }

    /** The answer given last, or null. */
    String answer(String question) {
        return answers.get(question);
    }

    synchronized void learn(String question, String answer) {
        if (file == null || answer.equals(answers.put(question, answer))) {
            return;
        }
        try {
            var entry =
                    new TreeMap<>(
                            Map.of("registry", registry, "question", question, "answer", answer));
            String line = Json.MAPPER.writeValueAsString(entry);
            if (written.add(line)) {
                if (file.toAbsolutePath().getParent() != null) {
                    Files.createDirectories(file.toAbsolutePath().getParent());
                }
                // One write of whole lines, led by a newline in case the last one was cut.
                Files.writeString(
                        file,
                        "\n" + line + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    RegistryConfig.LEARNED_FILE + " = " + file + ": cannot be written", e);
        }
    }
}
