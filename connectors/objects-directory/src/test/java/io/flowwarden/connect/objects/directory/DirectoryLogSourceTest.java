package io.flowwarden.connect.objects.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.connect.objects.ObjectGone;
import io.flowwarden.connect.objects.StoredObject;
import io.flowwarden.testkit.TaskWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLogSourceTest {
    private static final String HEADER = "version interface-id srcaddr dstaddr start end\n";
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    @TempDir private Path root;
    private final TaskWorker worker = new TaskWorker();
    private final List<String> written = new ArrayList<>();

    @AfterEach
    void stop() {
        worker.stop();
    }

    @Test
    void filesOfAllDirectoriesAreReadAndThoseThatGrowAreReadOn() throws Exception {
        Path log = root.resolve("b/2026/11/a.log");
        Files.createDirectories(log.getParent());
        append(log, HEADER + rows(100));
        append(root.resolve("c.log"), HEADER + rows(10));
        append(root.resolve(".hidden"), HEADER + "2 eni-1 10.1.0.1 10.2.0.1 1 2\n");
        start();
        worker.until(() -> worker.lines().size() >= 110);
        for (int run = 0; run < 5; run++) {
            append(log, rows(10));
            String more = rows(10);
            append(log, more.substring(0, 200));
            worker.until(() -> worker.lines().size() >= written.size() - 10);
            worker.crash();
            append(log, more.substring(200));
            start();
            worker.until(() -> worker.lines().size() >= written.size());
        }
        assertEquals(written.stream().sorted().toList(), worker.lines().stream().sorted().toList());
    }

    @Test
    void onlyFilesThatBeginWithThePrefixAreListed() throws IOException {
        for (String key : List.of("a/x.log", "ab/c/y.log", "ab/d.log", "b/z.log")) {
            Files.createDirectories(root.resolve(key).getParent());
            Files.writeString(root.resolve(key), "x");
        }
        assertEquals("[a/x.log, ab/c/y.log, ab/d.log, b/z.log]", listed("").toString());
        assertEquals("[a/x.log, ab/c/y.log, ab/d.log]", listed("a").toString());
        assertEquals("[ab/c/y.log, ab/d.log]", listed("ab/").toString());
        assertEquals("[ab/c/y.log]", listed("ab/c").toString());
        assertEquals("[]", listed("no/such/").toString());
    }

    @Test
    void aLinkInACircleIsNotFollowed() throws IOException {
        Files.createDirectories(root.resolve("a"));
        Files.writeString(root.resolve("a/x.log"), "x");
        Files.createSymbolicLink(root.resolve("a/back"), root);
        assertEquals("[a/x.log]", listed("").toString());
    }

    @Test
    void aDirectoryThatIsNotThereIsAnErrorAndAFileThatWentIsGone() {
        var absent = new DirectoryStore(root.resolve("no"));
        assertThrows(IOException.class, () -> absent.list("", null));
        var gone = new StoredObject("x.log", 1, "e", 0);
        assertThrows(ObjectGone.class, () -> new DirectoryStore(root).open(gone, 0));
    }

    @Test
    void theNameInTheOffsetsDoesNotDependOnWhatIsThere() throws IOException {
        var store = new DirectoryStore(root.resolve("later"));
        String before = store.name();
        Files.createDirectory(root.resolve("later"));
        assertEquals(before, store.name());
    }

    @Test
    void aRelativePathIsAFaultAtItsKey() {
        var faults =
                new DirectoryLogSource()
                                .validate(
                                        Map.of(
                                                "directory.path",
                                                "logs",
                                                "key.converter",
                                                BYTES,
                                                "value.converter",
                                                BYTES))
                                .configValues()
                                .stream()
                                .filter(value -> !value.errorMessages().isEmpty())
                                .map(ConfigValue::name)
                                .toList();
        assertEquals(List.of("directory.path"), faults);
    }

    private TreeSet<String> listed(String prefix) throws IOException {
        var store = new DirectoryStore(root);
        var keys = new TreeSet<String>();
        var page = store.list(prefix, null);
        while (true) {
            page.objects().forEach(object -> assertTrue(keys.add(object.key())));
            if (page.next() == null) {
                return keys;
            }
            page = store.list(prefix, page.next());
        }
    }

    private void start() {
        worker.start(
                new DirectoryLogTask(),
                Map.of(
                        "directory.path",
                        root.toString(),
                        "scan.interval.ms",
                        "100",
                        "topic.partitions",
                        "1"));
    }

    private static void append(Path file, String text) throws IOException {
        Files.write(
                file, text.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String rows(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String row =
                    "2 eni-1 10.1.0.1 10.2.0.1 17" + (10_000_000 + written.size()) + " 1700000060";
            written.add(row);
            text.append(row).append('\n');
        }
        return text.toString();
    }
}
