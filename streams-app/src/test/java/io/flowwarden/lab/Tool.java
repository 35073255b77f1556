package io.flowwarden.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that the lab is made of. */
final class Tool {
    private static final long PATIENCE_SECONDS = 60;

    private Tool() {}

    static ProcessBuilder builder(List<String> command, Path log) {
        var builder = new ProcessBuilder(command);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> more + ":" + path);
        return builder.redirectErrorStream(true).redirectOutput(log.toFile());
    }

    /** Runs it to its end, which must be a good one; what it said. */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "tool", ".log");
        Process process = builder(command, log).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("does not end: " + String.join(" ", command));
        }
        String said = Files.readString(log, UTF_8);
        if (process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    /** Ends the test where a program cannot be started; names the Debian package that has it. */
    static void require(Path folder, String debianPackage, String... command) {
        try {
            builder(List.of(command), Files.createTempFile(folder, "tool", ".log"))
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            Peers.absent(command[0] + " is not there; on Debian: apt-get install " + debianPackage);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
