package io.flowwarden.connect.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.flowwarden.connect.it.RawTopic.Read;
import io.flowwarden.embedded.EmbeddedBroker;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.Subject;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connectors as a site runs them: their zips in the plugin path of a real worker. */
final class ConnectWorkerIT {
    private static final int PARTITIONS = 3;
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final String UDP = "io.flowwarden.connect.udp.UdpDatagramSource";
    private static final String DIRECTORY =
            "io.flowwarden.connect.objects.directory.DirectoryLogSource";

    private static final int LINES = 20_000;
    private static final String HEADER =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets"
                    + " bytes start end action log-status";

    @TempDir static Path folder;
    private static Path pluginPath;
    private static EmbeddedBroker broker;
    private static Worker worker;

    @BeforeAll
    static void start() throws IOException {
        pluginPath = Files.createDirectory(folder.resolve("plugins"));
        for (Plugin plugin : Plugin.all()) {
            plugin.unzipTo(pluginPath);
            if (plugin.folder().contains("objects-directory")) {
                Plugin.of(Path.of("../parquet")).unzipTo(pluginPath.resolve(plugin.folder()));
            }
        }
        broker = EmbeddedBroker.start();
        worker = Worker.start(folder, pluginPath, broker.bootstrapServers());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (worker != null) {
            worker.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void eachPluginIsLoadedByItselfWithItsVersion() throws Exception {
        List<Plugin> plugins = Plugin.all();
        var ours = new HashMap<String, String>();
        worker.get("/connector-plugins")
                .forEach(
                        plugin -> {
                            String type = plugin.path("class").asText();
                            if (type.startsWith("io.flowwarden.")) {
                                ours.put(type, plugin.path("version").asText());
                            }
                        });
        // The plugin of the alerts has three.
        assertEquals(plugins.size() + 2, ours.size(), ours.toString());
        for (Plugin plugin : plugins) {
            assertTrue(
                    worker.said()
                            .contains(
                                    "PluginClassLoader{pluginLocation=file:"
                                            + pluginPath.resolve(plugin.folder())),
                    worker.said());
            assertTrue(
                    ours.values().stream().allMatch(plugin.folder()::endsWith),
                    ours + " and " + plugin);
        }
    }

    @Test
    void datagramsBecomeRawRecordsAsTheyAre() throws Exception {
        int port = freePort();
        try (var raw = new RawTopic(broker.bootstrapServers(), "udp.raw", PARTITIONS);
                var exporter = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            worker.run("udp", udp("udp.raw", "127.0.0.1:" + port));
            Await.until(
                    "ticks in every partition",
                    () ->
                            raw.read().stream()
                                    .filter(read -> read.raw().format() == RawFormat.TICK)
                                    .map(Read::partition)
                                    .collect(toSet())
                                    .equals(Set.of(0, 1, 2)),
                    raw::read);
            byte[] datagram = netflow5(7);
            exporter.send(
                    new DatagramPacket(
                            datagram, datagram.length, new InetSocketAddress("127.0.0.1", port)));
            Await.until(
                    "the datagram",
                    () -> raw.read().stream().anyMatch(ConnectWorkerIT::isData),
                    raw::read);
            RawRecord record =
                    raw.read().stream()
                            .filter(ConnectWorkerIT::isData)
                            .findFirst()
                            .orElseThrow()
                            .raw();
            assertEquals("netflow/127.0.0.1/7", record.source());
            assertEquals(RawFormat.NETFLOW, record.format());
            assertEquals("127.0.0.1", record.exporter());
            assertArrayEquals(datagram, record.value());
        }
    }

    @Test
    void everyFaultOfAConfigurationIsToldAtItsKey() throws IOException {
        assertEquals(Map.of(), worker.faults("UdpDatagramSource", named(udp("t", "127.0.0.1:1"))));
        var bad = named(udp("t", "nonsense"));
        bad.put("sockets.per.listener", "none");
        bad.put("exporters.allow", "10.0.0.0/33");
        bad.put("receive.buffer.bytes", "1");
        bad.remove("value.converter");
        var faults = worker.faults("UdpDatagramSource", bad);
        assertEquals(
                Set.of(
                        "listen",
                        "sockets.per.listener",
                        "exporters.allow",
                        "receive.buffer.bytes",
                        "value.converter"),
                faults.keySet(),
                faults.toString());
        assertTrue(faults.get("listen").get(0).contains("nonsense"), faults.toString());
    }

    @Test
    void everyFaultOfADirectorySourceIsToldAtItsKey() throws IOException {
        var good = named(directory("t", folder));
        assertEquals(Map.of(), worker.faults("DirectoryLogSource", good));
        var bad = new HashMap<>(good);
        bad.put("directory.path", "logs");
        bad.put("topic.partitions", "0");
        bad.put("object.min.age.ms", "60000");
        bad.put("lookback.ms", "60000");
        bad.put("format", "awz");
        bad.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        var faults = worker.faults("DirectoryLogSource", bad);
        assertEquals(
                Set.of(
                        "directory.path",
                        "topic.partitions",
                        "object.min.age.ms",
                        "format",
                        "key.converter"),
                faults.keySet(),
                faults.toString());
    }

    @Test
    void killedWorkerNeitherLosesNorRepeatsALine() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        var written = new ArrayList<String>();
        for (int file = 0; file < 4; file++) {
            written.addAll(log(logs, file));
        }
        try (var raw = new RawTopic(broker.bootstrapServers(), "objects.raw", PARTITIONS)) {
            worker.run("directory", directory("objects.raw", logs));
            Await.until("the first lines", () -> !lines(raw.read()).isEmpty(), worker::said);
            worker.kill();
            int before = lines(raw.read()).size();
            written.addAll(log(logs, 4));
            worker = Worker.start(folder, pluginPath, broker.bootstrapServers());
            worker.awaitRunning("directory");
            Await.until(
                    "all lines",
                    () -> lines(raw.read()).size() >= written.size(),
                    () -> before + " before, now " + lines(raw.read()).size());
            // What is repeated would have to come before what is written now.
            written.addAll(log(logs, 5));
            Await.until(
                    "the last file",
                    () -> Set.copyOf(lines(raw.read())).containsAll(written),
                    () -> lines(raw.read()).size());
            assertTrue(before < LINES * 4, before + " lines before the end of the first worker");
            assertEquals(
                    written.stream().sorted().toList(),
                    lines(raw.read()).stream().sorted().toList());
            assertEquals(
                    Set.of(0, 1, 2),
                    raw.read().stream()
                            .filter(read -> !isData(read))
                            .map(Read::partition)
                            .collect(toSet()),
                    "partitions with ticks");
        }
    }

    @Test
    void aParquetReaderUnzippedIntoThePluginsFolderIsFound() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("parquet-logs"));
        Path hidden = logs.resolve(".log");
        Files.copy(Path.of("../parquet/src/test/resources/flow-log.parquet"), hidden);
        Files.move(hidden, logs.resolve("log.parquet"));
        try (var raw = new RawTopic(broker.bootstrapServers(), "parquet.raw", PARTITIONS)) {
            worker.run("parquet", directory("parquet.raw", logs));
            Await.until("the rows", () -> lines(raw.read()).size() == 25, worker::said);
            assertTrue(lines(raw.read()).get(0).startsWith("2 123456789010 eni-0 10.1.0.0 "));
        }
    }

    @Test
    void alertsReachAReceiverAndWhatIsNoneADeadLetter() throws Exception {
        var heard = new CopyOnWriteArrayList<String>();
        HttpServer receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        receiver.start();
        try (var registry = InProcessRegistry.start(0, folder.resolve("schemas.json"));
                var topic =
                        new KafkaProducer<>(
                                Map.<String, Object>of(
                                        "bootstrap.servers", broker.bootstrapServers()),
                                new StringSerializer(),
                                new ByteArraySerializer())) {
            try (var admin =
                    Admin.create(
                            Map.<String, Object>of(
                                    "bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("it.alerts", 1, (short) 1))).all().get();
            }
            var config = webhook(registry.url(), receiver.getAddress().getPort());
            assertEquals(Map.of(), worker.faults("WebhookSink", named(new HashMap<>(config))));
            worker.run("alerts", config);
            topic.send(new ProducerRecord<>("it.alerts", "x", new byte[] {1, 2, 3}));
            topic.send(new ProducerRecord<>("it.alerts", "a", alert(registry.url())));
            topic.send(new ProducerRecord<>("it.alerts", "a", null));
            Await.until("the alert", () -> !heard.isEmpty(), worker::said);
            assertEquals(List.of("{\"text\":\"a OPEN\"}"), heard);
            try (var dead =
                    new KafkaConsumer<>(
                            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer())) {
                var partition = new TopicPartition("it.alerts.dead", 0);
                Await.until(
                        "the dead letter",
                        () -> dead.endOffsets(List.of(partition)).getOrDefault(partition, 0L) == 1,
                        worker::said);
            }
        } finally {
            receiver.stop(0);
        }
    }

    private static byte[] alert(String registry) {
        var alert =
                Alert.newBuilder()
                        .setId("a")
                        .setKey("a")
                        .setFindingKey("a")
                        .setClass$("heartbeat")
                        .setKind("HEARTBEAT_MISSING")
                        .setSeverity("critical")
                        .setState("OPEN")
                        .setTitle("a")
                        .setExplanation("a")
                        .setSubject(Subject.newBuilder().build())
                        .setOpenedAt(1_000)
                        .setWitnesses(List.of())
                        .build();
        var settings = Map.of("schema.registry.url", registry, "auto.register.schemas", "true");
        return new SchemaSerdes(settings)
                .values(Alert.class)
                .serializer()
                .serialize("it.alerts", alert);
    }

    private static Map<String, String> webhook(String registry, int port) {
        var config = new HashMap<String, String>();
        config.put("connector.class", "io.flowwarden.connect.alerts.WebhookSink");
        config.put("topics", "it.alerts");
        config.put("url", "http://127.0.0.1:" + port);
        config.put("format", "template");
        config.put("template", "{\"text\": \"${id} ${state}\"}");
        config.put("schema.registry.url", registry);
        config.put("key.converter", BYTES);
        config.put("value.converter", BYTES);
        config.put("consumer.override.isolation.level", "read_committed");
        config.put("errors.tolerance", "all");
        config.put("errors.deadletterqueue.topic.name", "it.alerts.dead");
        config.put("errors.deadletterqueue.topic.replication.factor", "1");
        return config;
    }

    /** Writes a flow log in one go, as a store does. */
    private static List<String> log(Path logs, int number) throws IOException {
        var lines = new ArrayList<String>();
        for (int line = 0; line < LINES; line++) {
            lines.add(
                    "2 123456789012 eni-%d 10.1.10.11 10.2.20.5 50123 31031 6 10 %d %d %d ACCEPT OK"
                            .formatted(number, line, 1_700_000_000 + line, 1_700_000_060 + line));
        }
        Path hidden = logs.resolve("." + number);
        Files.write(hidden, List.of(HEADER));
        Files.write(hidden, lines, StandardOpenOption.APPEND);
        Files.move(hidden, logs.resolve(number + ".log"));
        return lines;
    }

    private static List<String> lines(List<Read> seen) {
        return seen.stream()
                .filter(ConnectWorkerIT::isData)
                .flatMap(read -> new String(read.raw().value(), UTF_8).lines())
                .filter(line -> !line.equals(HEADER))
                .toList();
    }

    private static Map<String, String> directory(String topic, Path logs) {
        return new HashMap<>(
                Map.of(
                        // What a killed worker leaves open holds up the next one for so long.
                        "producer.override.transaction.timeout.ms",
                        "3000",
                        "connector.class",
                        DIRECTORY,
                        "topic",
                        topic,
                        "topic.partitions",
                        Integer.toString(PARTITIONS),
                        "directory.path",
                        logs.toString(),
                        "scan.interval.ms",
                        "200",
                        "exactly.once.support",
                        "required",
                        "key.converter",
                        BYTES,
                        "value.converter",
                        BYTES));
    }

    private static boolean isData(Read read) {
        return read.raw().format() != RawFormat.TICK;
    }

    private static Map<String, String> udp(String topic, String listen) {
        return new HashMap<>(
                Map.of(
                        "connector.class",
                        UDP,
                        "topic",
                        topic,
                        "topic.partitions",
                        Integer.toString(PARTITIONS),
                        "listen",
                        listen,
                        "key.converter",
                        BYTES,
                        "value.converter",
                        BYTES));
    }

    private static Map<String, String> named(Map<String, String> config) {
        config.put("name", "validated");
        return config;
    }

    /** One flow record of zeros, from an engine of this id. */
    private static byte[] netflow5(int engine) {
        return ByteBuffer.allocate(24 + 48)
                .putShort((short) 5)
                .putShort((short) 1)
                .putInt(1_000)
                .putInt(1_700_000_000)
                .put(21, (byte) engine)
                .array();
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
