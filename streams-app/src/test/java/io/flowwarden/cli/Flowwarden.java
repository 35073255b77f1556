package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the command line in a process of its own, as a shell would. */
final class Flowwarden {
    private Flowwarden() {}

    /** What a run left. */
    record Ran(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        String last() {
            List<String> lines = lines();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }

    static Ran run(Path folder, String... arguments) throws Exception {
        return run(folder, new byte[0], arguments);
    }

    /** With a folder of its own for temporary files. */
    static Ran run(Path folder, Path temporary, String... arguments) throws Exception {
        ProcessBuilder builder = builder(folder, arguments);
        builder.command().add(1, "-Djava.io.tmpdir=" + temporary);
        return run(folder, new byte[0], builder);
    }

    static Ran run(Path folder, byte[] standardInput, String... arguments) throws Exception {
        return run(folder, standardInput, builder(folder, arguments));
    }

    private static Ran run(Path folder, byte[] standardInput, ProcessBuilder builder)
            throws Exception {
        Path in = Files.write(Files.createTempFile(folder, "in", ""), standardInput);
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process =
                builder.redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("hangs: " + String.join(" ", builder.command()));
        }
        return new Ran(process.exitValue(), read(out), read(err));
    }

    static ProcessBuilder builder(Path folder, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        // As the launcher does: native code and Unsafe are allowed, so newer JDKs do not warn.
        int feature = Runtime.version().feature();
        if (feature >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (feature >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("io.flowwarden.Main");
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), UTF_8);
    }
}
