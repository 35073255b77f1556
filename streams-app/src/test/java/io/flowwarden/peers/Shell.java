package io.flowwarden.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of others. */
final class Shell {
    private static final long PATIENCE_SECONDS = 120;

    private Shell() {}

    /** Ends the test where a program is not installed; names the Debian package that has it. */
    static void require(String program, String debianPackage) {
        boolean found =
                Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin")
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!found) {
            Peers.absent(program + " is not there; on Debian: apt-get install " + debianPackage);
        }
    }

    /** Whether we may have networks of our own: root may, where the system lets it. */
    static boolean maySeparateNetworks() throws IOException, InterruptedException {
        return new ProcessBuilder("unshare", "--net", "--pid", "--fork", "--mount-proc", "true")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Starts a program; what it says goes to a file. */
    static Process start(Path log, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command);
        String path = System.getenv("PATH");
        builder.environment().put("PATH", "/usr/sbin:/sbin:" + path);
        builder.environment().put("TZ", "UTC");
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** Runs a program to its end; its standard output. */
    static String output(Path folder, String... command) throws Exception {
        Path out = Files.createTempFile(folder, command[0], ".out");
        Path err = Files.createTempFile(folder, command[0], ".err");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        int status = await(process, err);
        if (status != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + status + " " + said(err));
        }
        return said(out);
    }

    static int await(Process process, Path log) throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("does not end: " + said(log));
        }
        return process.exitValue();
    }

    static String said(Path log) {
        try {
            return new String(Files.readAllBytes(log), UTF_8);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
