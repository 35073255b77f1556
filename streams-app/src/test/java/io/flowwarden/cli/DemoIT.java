package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoIT {
    private static final Pattern URL = Pattern.compile("metrics at (http://\\S+)");
    private static final Pattern JUDGED = Pattern.compile("(?m)^flowwarden_judged_total (\\S+)");

    @TempDir Path folder;

    @Test
    void playShowsEachSurpriseOnceBalancesItsBooksAndEndsCleanlyWhenStopped() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ProcessBuilder builder = Flowwarden.builder(folder, "demo");
        builder.command().add(1, "-Djava.io.tmpdir=" + temporary);
        Path err = folder.resolve("err");
        Process demo = builder.redirectError(err.toFile()).start();
        var lines = new ArrayList<String>();
        try (var out = new BufferedReader(new InputStreamReader(demo.getInputStream(), UTF_8))) {
            readUntil(out, lines, "UNLISTED_PEER");
            readUntil(out, lines, "books ");
            assertTrue(judged(lines) > 0);
            // SIGTERM; Process.destroy would close our end of its output, too.
            assertTrue(demo.toHandle().destroy());
            out.lines().forEach(lines::add);
        }
        assertTrue(demo.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, demo.exitValue());
        assertEquals("", Files.readString(err));
        assertEquals(1, count(lines, "ROLE_MISMATCH  10.1.99.77 > 10.2.20.5:31031/tcp"));
        assertEquals(1, count(lines, "UNLISTED_PEER  10.1.66.6 > 10.2.20.5:31031/tcp"));
        lines.stream().filter(line -> line.startsWith("books ")).forEach(DemoIT::assertBalance);
        try (var left = Files.list(temporary)) {
            assertEquals(
                    List.of(),
                    left.map(path -> path.getFileName().toString())
                            .filter(name -> name.startsWith("flowwarden"))
                            .toList());
        }
    }

    @Test
    void playEndsByItselfWhereSecondsAreGiven() throws Exception {
        var ran = Flowwarden.run(folder, "demo", "--seconds", "1");
        assertEquals(0, ran.status(), ran.err());
        assertFalse(ran.lines().isEmpty());
        assertTrue(ran.last().startsWith("books "), ran.last());
    }

    private static void readUntil(BufferedReader out, List<String> lines, String text)
            throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("never said '" + text + "': " + lines);
    }

    private static long count(List<String> lines, String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }

    /** {@code raw 58 = decoded 8 + rejected 0 + ... flows 47 = EXPECTED 44 + ...}. */
    private static void assertBalance(String books) {
        for (String whole : List.of("raw", "flows")) {
            int at = books.indexOf(whole + " ");
            String sum = books.substring(at).split("  ")[0];
            String[] sides = sum.split(" = ", 2);
            long parts = 0;
            for (String part : sides[1].split(" \\+ ")) {
                parts += part.isBlank() ? 0 : Long.parseLong(part.split(" ")[1]);
            }
            assertEquals(Long.parseLong(sides[0].split(" ")[1]), parts, books);
        }
    }

    private static double judged(List<String> lines) throws Exception {
        var url = URL.matcher(String.join("\n", lines));
        assertTrue(url.find());
        String metrics =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(url.group(1))).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        var judged = JUDGED.matcher(metrics);
        assertTrue(judged.find(), metrics);
        return Double.parseDouble(judged.group(1));
    }
}
