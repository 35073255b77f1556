package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real launcher in a repository of its own, with a {@code mvn} and a {@code java} that only say
 * what they were asked.
 */
final class LauncherTest {
    private static final String MVN =
            """
            #!/bin/bash
            echo "[INFO] Building Fake 1.0 [1/1]"
            echo "$*" >>"$PWD/builds"
            mkdir -p streams-app/target/lib
            touch streams-app/target/flowwarden-streams-app-1.0.jar
            """;

    private static final String JAVA = "#!/bin/bash\necho java: \"$@\"\n";

    @TempDir Path directory;
    private Path repository;
    private Path bin;
    private Path jdk;

    record Ran(int status, String out, String err) {}

    @BeforeEach
    void makeRepository() throws IOException {
        repository = Files.createDirectories(directory.resolve("re po"));
        Files.copy(Path.of("..", "flowwarden"), repository.resolve("flowwarden"));
        assertTrue(repository.resolve("flowwarden").toFile().setExecutable(true));
        Files.createDirectories(repository.resolve("streams-app/src/main"));
        write(repository.resolve("pom.xml"), "<project/>");
        write(repository.resolve("streams-app/src/main/A.java"), "class A {}");
        age(repository.resolve("pom.xml"));
        age(repository.resolve("streams-app/src/main/A.java"));
        bin = Files.createDirectories(directory.resolve("bin"));
        script(bin.resolve("mvn"), MVN);
        jdk = Files.createDirectories(directory.resolve("jdk"));
        Files.createDirectories(jdk.resolve("bin"));
        write(jdk.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        script(jdk.resolve("bin/java"), JAVA);
        script(jdk.resolve("bin/javac"), JAVA);
    }

    @Test
    void firstUseBuildsVisiblyAndTheSecondDoesNot() throws Exception {
        Ran first = run(Map.of(), "decode", "a b");
        assertEquals(0, first.status(), first.err());
        assertTrue(first.err().contains("building"), first.err());
        assertTrue(first.out().endsWith("io.flowwarden.Main decode a b\n"), first.out());
        Ran second = run(Map.of(), "help");
        assertEquals("", second.err());
        assertEquals(1, builds());
    }

    @Test
    void newerSourceOrPomBuildsAgain() throws Exception {
        run(Map.of(), "help");
        for (String file : List.of("pom.xml", "streams-app/src/main/A.java")) {
            int before = builds();
            Files.setLastModifiedTime(
                    repository.resolve(file), FileTime.from(Instant.now().plusSeconds(2)));
            run(Map.of("FLOWWARDEN_NO_BUILD", "1"), "help");
            assertEquals(before, builds());
            run(Map.of(), "help");
            assertEquals(before + 1, builds());
            age(repository.resolve(file));
        }
    }

    @Test
    void testsAndOutputsBuildNothing() throws Exception {
        run(Map.of(), "help");
        Path test = Files.createDirectories(repository.resolve("streams-app/src/test"));
        write(test.resolve("T.java"), "class T {}");
        write(repository.resolve("streams-app/target/pom.xml"), "<project/>");
        run(Map.of(), "help");
        assertEquals(1, builds());
    }

    @Test
    void worksThroughASymbolicLinkFromElsewhere() throws Exception {
        Path link = directory.resolve("fw");
        Files.createSymbolicLink(link, Path.of("re po", "flowwarden"));
        Ran ran = run(Map.of(), directory.resolve("bin"), link, "help");
        assertEquals(0, ran.status(), ran.err());
    }

    @Test
    void missingJdkIsOneLine() throws Exception {
        write(jdk.resolve("release"), "JAVA_VERSION=\"1.8.0_392\"\n");
        script(bin.resolve("java"), JAVA);
        Ran ran = run(Map.of(), "help");
        assertEquals(3, ran.status());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains("JDK 17"), ran.err());
    }

    @Test
    void missingMavenIsOneLine() throws Exception {
        Files.delete(bin.resolve("mvn"));
        Ran ran = run(Map.of(), "help");
        assertEquals(3, ran.status());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains("Maven"), ran.err());
    }

    @Test
    void failedBuildSaysWhyAndStartsNothing() throws Exception {
        script(bin.resolve("mvn"), "#!/bin/bash\necho '[ERROR] A.java:[1,1] no'\nexit 1\n");
        Ran ran = run(Map.of(), "help");
        assertEquals(3, ran.status());
        assertTrue(ran.err().contains("A.java:[1,1] no"), ran.err());
        assertEquals("", ran.out());
        assertFalse(Files.exists(repository.resolve("target/build.lock")));
    }

    @Test
    void firstUsesAtTheSameTimeBuildOnce() throws Exception {
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(Map.of(), directory, repository.resolve("flowwarden"), "help"));
        }
        for (Process process : processes) {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
        assertEquals(1, builds());
    }

    @Test
    void newerJdksGetTheFlagsThatSilenceTheirWarnings() throws Exception {
        write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        assertTrue(run(Map.of(), "help").out().contains("--enable-native-access=ALL-UNNAMED"));
        write(jdk.resolve("release"), "JAVA_VERSION=\"17\"\n");
        assertFalse(run(Map.of(), "help").out().contains("native-access"));
    }

    @Test
    void onlyWhatTheCommandLineNeedsIsBuilt() throws Exception {
        run(Map.of(), "help");
        String asked = Files.readString(repository.resolve("builds"));
        assertTrue(asked.contains("-pl streams-app -am "), asked);
    }

    private int builds() throws IOException {
        return Files.readAllLines(repository.resolve("builds")).size();
    }

    private Ran run(Map<String, String> environment, String... arguments) throws Exception {
        return run(environment, directory, repository.resolve("flowwarden"), arguments);
    }

    private Ran run(Map<String, String> environment, Path from, Path launcher, String... arguments)
            throws Exception {
        Process process = start(environment, from, launcher, arguments);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher hangs");
        return new Ran(
                process.exitValue(),
                Files.readString(directory.resolve("out" + process.pid())),
                Files.readString(directory.resolve("err" + process.pid())));
    }

    private Process start(
            Map<String, String> environment, Path from, Path launcher, String... arguments)
            throws IOException {
        // The shell gives each process its own output files, named after its id.
        var command =
                new ArrayList<>(
                        List.of(
                                "bash",
                                "-c",
                                "exec \"$@\" >\"$OUT/out$$\" 2>\"$OUT/err$$\"",
                                "bash",
                                launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().put("OUT", directory.toString());
        builder.environment().put("PATH", bin + ":" + tools());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().remove("FLOWWARDEN_NO_BUILD");
        builder.environment().remove("FLOWWARDEN_JAVA_OPTS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** A folder with what the launcher calls and nothing else, above all no mvn and no java. */
    private String tools() throws IOException {
        Path tools = directory.resolve("tools");
        if (!Files.exists(tools)) {
            Files.createDirectories(tools);
            for (String tool :
                    List.of(
                            "bash",
                            "env",
                            "dirname",
                            "readlink",
                            "grep",
                            "find",
                            "head",
                            "cut",
                            "cat",
                            "mkdir",
                            "rm",
                            "sleep",
                            "sed",
                            "touch")) {
                for (String folder : List.of("/bin", "/usr/bin")) {
                    Path found = Path.of(folder, tool);
                    if (Files.exists(found)) {
                        script(tools.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
                    }
                }
            }
        }
        return tools.toString();
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(UTF_8));
    }

    private static void script(Path file, String text) throws IOException {
        write(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }
}
