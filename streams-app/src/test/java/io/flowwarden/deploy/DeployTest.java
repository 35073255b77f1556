package io.flowwarden.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.decode.golden.Json;
import io.flowwarden.estate.EstateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files under deploy name is there: paths, ports, images, settings, classes. */
final class DeployTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final Path FOLDER = DEPLOY.resolve("compose");
    private static final Compose COMPOSE = Compose.read(FOLDER.resolve("compose.yaml"));

    /** A version, not a word that means another image tomorrow. */
    private static final Pattern PINNED = Pattern.compile("[^:]+:v?\\d+(\\.\\d+)+");

    @TempDir Path temporary;

    @Test
    void everyImageIsPinnedAndKafkaIsTheVersionThatIsTested() throws IOException {
        for (String name : COMPOSE.services()) {
            String image = (String) COMPOSE.service(name).get("image");
            assertTrue(image != null && PINNED.matcher(image).matches(), name + ": " + image);
        }
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        Matcher version = Pattern.compile("<kafka.version>([^<]+)<").matcher(pom);
        assertTrue(version.find());
        for (String name : List.of("kafka", "connect", "plugins")) {
            assertEquals("apache/kafka:" + version.group(1), COMPOSE.service(name).get("image"));
        }
        Matcher from =
                Pattern.compile("(?m)^FROM (\\S+)$")
                        .matcher(Files.readString(FOLDER.resolve("Dockerfile")));
        assertTrue(from.find() && from.group(1).matches("[^:]+:\\d+\\.\\S+"), from.group());
    }

    @Test
    void everyPathThatIsMountedOrBuiltFromIsInTheRepository() throws IOException {
        for (Compose.Mount mount : COMPOSE.mounts()) {
            if (mount.isFile()) {
                Path source = FOLDER.resolve(mount.source()).normalize();
                assertTrue(Files.exists(source), mount.toString());
                assertTrue(source.startsWith(ROOT), mount.toString());
            } else {
                assertTrue(COMPOSE.volumes().contains(mount.source()), mount.toString());
            }
        }
        for (String name : COMPOSE.services()) {
            Map<String, Object> build = Compose.map(COMPOSE.service(name).get("build"));
            if (!build.isEmpty()) {
                Path context = FOLDER.resolve((String) build.get("context")).normalize();
                assertEquals(ROOT, context);
                assertTrue(Files.exists(context.resolve((String) build.get("dockerfile"))));
            }
            for (String other : Compose.map(COMPOSE.service(name).get("depends_on")).keySet()) {
                assertTrue(COMPOSE.services().contains(other), name + " waits for " + other);
            }
        }
        // What is started by path is mounted there.
        Set<String> targets =
                COMPOSE.mounts().stream().map(Compose.Mount::target).collect(Collectors.toSet());
        for (String name : COMPOSE.services()) {
            Stream.of("entrypoint", "command")
                    .flatMap(key -> Compose.list(COMPOSE.service(name).get(key)).stream())
                    .map(Object::toString)
                    .filter(word -> word.matches("/.*\\.(sh|yaml|properties)"))
                    .filter(word -> !word.startsWith("/opt/kafka/"))
                    .forEach(word -> assertTrue(targets.contains(word), name + ": " + word));
        }
    }

    @Test
    void theImageTakesWhatTheBuildLeaves() throws IOException {
        // The launcher takes the same from there.
        String launcher = Files.readString(ROOT.resolve("flowwarden"));
        assertTrue(launcher.contains("$root/streams-app/target"));
        assertTrue(launcher.contains("\"$target\"/flowwarden-streams-app-*.jar"));
        assertTrue(launcher.contains("$target/lib"));
        String docker = Files.readString(FOLDER.resolve("Dockerfile"));
        assertTrue(docker.contains("COPY streams-app/target/lib "));
        assertTrue(docker.contains("COPY streams-app/target/flowwarden-streams-app-*.jar "));
        assertTrue(docker.contains("\"io.flowwarden.Main\""));
    }

    @Test
    void everyPortThatIsPublishedIsListenedOnAndAllButTheExportersIsLoopback() throws IOException {
        Map<String, Set<Integer>> listening = listening();
        assertFalse(COMPOSE.published().isEmpty());
        for (Compose.Published published : COMPOSE.published()) {
            assertTrue(
                    listening.get(published.service()).contains(published.port()),
                    published + " of " + listening);
            assertTrue(
                    published.outside().equals("2055")
                            || published.outside().equals("127.0.0.1:" + published.port()),
                    published.toString());
        }
    }

    @Test
    void everyAddressInTheFilesIsAServiceOnAPortThatItListensOn() throws IOException {
        Map<String, Set<Integer>> listening = listening();
        Pattern address =
                Pattern.compile("\\b(" + String.join("|", COMPOSE.services()) + "):(\\d{4,5})\\b");
        int found = 0;
        for (Path file : files()) {
            Matcher matcher = address.matcher(Files.readString(file));
            while (matcher.find()) {
                found++;
                assertTrue(
                        listening
                                .get(matcher.group(1))
                                .contains(Integer.parseInt(matcher.group(2))),
                        file + ": " + matcher.group());
            }
        }
        assertTrue(found > 8, "addresses found: " + found);
    }

    @Test
    void theConfigurationIsTakenAndSoIsTheEstate() {
        Config config = ConfigFile.read(FOLDER.resolve("flowwarden.yaml"), Map.of()).valid();
        assertEquals(8080, config.http().address().getPort());
        EstateFile.read(FOLDER.resolve("estate.yaml"), Catalog.bundled());
    }

    @Test
    void theServicesConfigurationIsTakenAsItIsAndWithItsExamples() throws IOException {
        Path file = FOLDER.resolveSibling("systemd").resolve("flowwarden.yaml");
        assertEquals(List.of(), ConfigFile.read(file, Map.of()).valid().alertSinks());
        String all =
                Files.readString(file)
                        .replace("alert.sinks: []", "alert.sinks:")
                        .replace("#  -", "  -");
        Path examples = Files.writeString(temporary.resolve("flowwarden.yaml"), all);
        Config config =
                ConfigFile.read(examples, Map.of("CHAT_URL", "https://127.0.0.1/x")).valid();
        assertEquals(3, config.alertSinks().size());
    }

    @Test
    void theConnectorsExistWithEveryOptionThatIsSet() throws IOException {
        for (Path file : list(FOLDER.resolve("connectors"))) {
            Map<String, Object> settings = Json.object(Json.read(Files.readString(file)));
            String type = (String) settings.get("connector.class");
            Path module = module(type);
            String readme = Files.readString(module.resolve("README.md"));
            for (String key : settings.keySet()) {
                boolean everyConnectors =
                        key.matches("connector.class|tasks.max|topics|(key|value).converter")
                                || key.matches("(producer|consumer).override\\..*");
                assertTrue(
                        everyConnectors || readme.contains("| `" + key + "` |"), file + ": " + key);
            }
        }
    }

    @Test
    void whatEveryAlertOfOursIsCalledIsRoutedToSomebody() {
        Map<String, Object> config =
                Compose.map(Compose.yaml(DEPLOY.resolve("alertmanager/alertmanager.yml")));
        String routes = config.get("route").toString();
        Map<String, Object> rules =
                Compose.map(Compose.yaml(DEPLOY.resolve("prometheus/flowwarden.rules.yml")));
        for (Object group : Compose.list(rules.get("groups"))) {
            for (Object rule : Compose.list(Compose.map(group).get("rules"))) {
                String name = Compose.map(rule).get("alert").toString();
                assertTrue(name.startsWith("Flowwarden"), name);
                assertTrue(Compose.map(rule).get("annotations").toString().contains("summary"));
            }
        }
        assertTrue(routes.contains("alertname=~\"Flowwarden.*\""), routes);
        assertTrue(routes.contains("FlowwardenWatchdog"), routes);
    }

    /** Ports by service: of our own files where they say so, else those of the image. */
    private static Map<String, Set<Integer>> listening() throws IOException {
        var ports = new HashMap<String, Set<Integer>>();
        COMPOSE.services().forEach(name -> ports.put(name, new HashSet<>()));
        add(ports, "kafka", COMPOSE.environment("kafka").get("KAFKA_LISTENERS"));
        add(ports, "registry", ":" + COMPOSE.environment("registry").get("QUARKUS_HTTP_PORT"));
        add(
                ports,
                "flowwarden",
                ":"
                        + ConfigFile.read(FOLDER.resolve("flowwarden.yaml"), Map.of())
                                .valid()
                                .http()
                                .address()
                                .getPort());
        var worker = new Properties();
        try (var in = Files.newInputStream(FOLDER.resolve("worker.properties"))) {
            worker.load(in);
        }
        add(ports, "connect", worker.getProperty("listeners"));
        add(
                ports,
                "connect",
                (String)
                        Json.object(
                                        Json.read(
                                                Files.readString(
                                                        FOLDER.resolve("connectors/udp.json"))))
                                .get("listen"));
        add(ports, "prometheus", ":9090");
        add(ports, "alertmanager", ":9093");
        return ports;
    }

    private static void add(Map<String, Set<Integer>> ports, String service, String listeners) {
        Matcher port = Pattern.compile(":(\\d+)").matcher(listeners);
        while (port.find()) {
            ports.get(service).add(Integer.parseInt(port.group(1)));
        }
    }

    /** The module that has the source of a class. */
    private static Path module(String type) throws IOException {
        String source = "src/main/java/" + type.replace('.', '/') + ".java";
        return list(ROOT.resolve("connectors")).stream()
                .filter(each -> Files.exists(each.resolve(source)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no module has " + type));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
