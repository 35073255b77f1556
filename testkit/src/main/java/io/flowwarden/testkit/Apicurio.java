package io.flowwarden.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/**
 * A real Apicurio server as a process, from Maven Central. The archive (159 MB) is fetched once, by
 * Maven itself into its local repository; where that is impossible the tests are skipped, or fail
 * with -Dpeers.required=true.
 */
public final class Apicurio implements AutoCloseable {
    /** The last line that runs on Java 17, and the one for newer Java. */
    private static final String VERSION =
            Runtime.version().feature() >= 21 ? "3.3.3" : "2.6.13.Final";

    private static final String PLUGIN =
            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:get";
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+?:\\d+)");

    private final Process process;
    private final String url;

    private Apicurio(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Root of its Confluent-compatible REST API. */
    public String url() {
        return url;
    }

    public static Apicurio start() throws IOException, InterruptedException {
        Path folder = unpacked(archive());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        for (String server : List.of("http", "management")) {
            command.add("-Dquarkus." + server + ".host=127.0.0.1");
            command.add("-Dquarkus." + server + ".port=0");
        }
        command.add("-jar");
        command.add(runner(folder).toString());
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        StringBuffer log = new StringBuffer();
        CompletableFuture<String> listening = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, log, listening), "apicurio-log");
        reader.setDaemon(true);
        reader.start();
        try {
            return new Apicurio(process, listening.get(120, TimeUnit.SECONDS) + "/apis/ccompat/v7");
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("Apicurio " + VERSION + " did not start:\n" + log, e);
        }
    }

    /** Reads to the end, so that the server never waits for a full pipe. */
    private static void read(
            Process process, StringBuffer log, CompletableFuture<String> listening) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!listening.isDone()) {
                    log.append(line).append('\n');
                    Matcher address = LISTENING.matcher(line);
                    if (address.find()) {
                        listening.complete(address.group(1));
                    }
                }
            }
        } catch (IOException e) {
            log.append(e);
        }
        listening.completeExceptionally(new IOException("the server ended"));
    }

    private static Path archive() throws IOException, InterruptedException {
        Path repository =
                Path.of(
                        property(
                                "maven.repo.local",
                                System.getProperty("user.home") + "/.m2/repository"));
        Path archive =
                repository.resolve(
                        "io/apicurio/apicurio-registry-app/V/apicurio-registry-app-V-all.tar.gz"
                                .replace("V", VERSION));
        if (!Files.exists(archive)) {
            fetch(repository);
        }
        if (!Files.exists(archive)) {
            absent(archive + " is missing and Maven cannot fetch it");
        }
        return archive;
    }

    private static void fetch(Path repository) throws IOException, InterruptedException {
        String home = property("maven.home", "");
        List<String> command = new ArrayList<>();
        command.add(home.isEmpty() ? "mvn" : Path.of(home, "bin", "mvn").toString());
        command.addAll(
                List.of("-q", "-B", "-Dmaven.repo.local=" + repository, "-Dtransitive=false"));
        if (property("maven.mode", "").equals("offline=true")) {
            command.add("-o");
        }
        command.add(PLUGIN);
        command.add("-Dartifact=io.apicurio:apicurio-registry-app:" + VERSION + ":tar.gz:all");
        Path log = Path.of("target", "apicurio-fetch.log");
        Process maven;
        try {
            maven =
                    new ProcessBuilder(command)
                            // Where no pom.xml is: this is no build of ours.
                            .directory(log.getParent().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
        } catch (IOException e) {
            absent(e.getMessage());
            return;
        }
        if (!maven.waitFor(15, TimeUnit.MINUTES)) {
            maven.destroyForcibly();
            absent("Maven did not fetch it within 15 minutes; " + log);
        }
    }

    private static void absent(String why) {
        Peers.absent("no Apicurio server " + VERSION + " to test against: " + why);
    }

    private static Path unpacked(Path archive) throws IOException, InterruptedException {
        Path folder = Path.of("target", "apicurio", VERSION).toAbsolutePath();
        if (!Files.exists(folder.resolve("unpacked"))) {
            Files.createDirectories(folder);
            Process tar =
                    new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                            .inheritIO()
                            .start();
            Assertions.assertEquals(0, tar.waitFor(), "tar -xzf " + archive);
            Files.createFile(folder.resolve("unpacked"));
        }
        return folder;
    }

    /** 2.x: ...-runner.jar beside its lib folder; 3.x: quarkus-run.jar. */
    private static Path runner(Path folder) throws IOException {
        try (var files = Files.walk(folder, 3)) {
            return files.filter(
                            f ->
                                    f.getFileName()
                                            .toString()
                                            .matches("quarkus-run\\.jar|.*-runner\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no runnable jar in " + folder));
        }
    }

    private static String property(String name, String fallback) {
        String value = System.getProperty(name, "");
        return value.isEmpty() || value.startsWith("${") ? fallback : value;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
