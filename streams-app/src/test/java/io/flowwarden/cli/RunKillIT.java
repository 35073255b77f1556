package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.bench.Workload;
import io.flowwarden.books.AccountName;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.decode.ExportBytes;
import io.flowwarden.embedded.AlertReader;
import io.flowwarden.embedded.EmbeddedBroker;
import io.flowwarden.estate.Estate;
import io.flowwarden.live.RawWriter;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.revision.Publisher;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.testkit.Await;
import io.flowwarden.topics.Topic;
import io.flowwarden.topics.TopicAdmin;
import io.flowwarden.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exactly once: a {@code run} that is killed again and again, with its state on disk, ends with the
 * same judged flows, the same rejected records and the same books as one that is left alone.
 */
final class RunKillIT {
    private static final int RAW_PARTITIONS = 3;
    private static final int FLOWS_PARTITIONS = 2;
    private static final int FINDINGS_PARTITIONS = 2;
    private static final int DATAGRAMS = 4_000;
    private static final double[] KILLED_AT = {0.08, 0.3, 0.55};

    private static final Topic RAW =
            new Topic("raw", "raw-of-both", RAW_PARTITIONS, Map.of("cleanup.policy", "delete"));

    @TempDir Path folder;
    private EmbeddedBroker broker;
    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        broker = EmbeddedBroker.start();
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void killedInTheMiddleOfItsWorkItEndsAsIfItHadNotBeen() throws Exception {
        var workload = new Workload(7, 200, 9);
        try (var admin = Admin.create(client())) {
            new TopicAdmin(admin).create(List.of(RAW), Optional.empty());
            write(workload);
            prepare(admin, "calm.", workload);
            prepare(admin, "killed.", workload);
        }

        List<String> alertsOfCalm;
        try (var calm = committed("calm.");
                var killed = committed("killed.")) {
            try (var running = Running.start(folder, config("calm."))) {
                Await.until(
                        "the end of flows",
                        () -> running.isAlive() && calm.isFinished(),
                        () -> calm + running.said());
                alertsOfCalm = alerts("calm.", running);
                assertEquals(0, running.stop(), running.said());
            }
            runAndKill(killed, calm.upToNow().flows());
            try (var running = Running.start(folder, config("killed."))) {
                Await.until(
                        "the end of flows",
                        () -> running.isAlive() && killed.isFinished(),
                        () -> killed + running.said());
                assertEquals(alertsOfCalm, alerts("killed.", running));
                assertEquals(0, running.stop(), running.said());
            }
            killed.upToNow();

            assertEquals(calm.toString(), killed.toString());
            assertTrue(calm.saysTheSameAs(killed), "as many flows, but others");
            var books = calm.books(client());
            assertEquals(books, killed.books(client()));
            assertEquals(calm.flows(), sum(books, "judged"), books.toString());
            assertEquals(
                    sum(books, "raw"),
                    sum(books, "decoded", "rejected", "ticks", "repeats", "misplaced"),
                    books.toString());
            for (String counted : List.of("rejected", "ticks", "repeats")) {
                assertTrue(sum(books, counted) > 0, counted + " of " + books);
            }
        }
    }

    /** Kills it when it has done some more of its work, by what it has committed. */
    private void runAndKill(Committed killed, long allFlows) throws Exception {
        int mostTables = 0;
        for (double share : KILLED_AT) {
            try (var running = Running.start(folder, config("killed."))) {
                Await.until(
                        "a share of the flows",
                        () -> running.isAlive() && killed.flows() >= share * allFlows,
                        () -> killed + running.said());
                running.kill();
            }
            mostTables = Math.max(mostTables, tables());
            assertTrue(killed.flows() < allFlows, "it was done before it was killed");
        }
        assertTrue(mostTables >= 2, "flushed memtables of one store: " + mostTables);
    }

    /** Every change of every alert, once all findings are settled. */
    private List<String> alerts(String prefix, Running running) {
        var told = new TreeSet<String>();
        try (var reader =
                new AlertReader(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        prefix + "alerts",
                        1,
                        FINDINGS_PARTITIONS,
                        new SchemaSerdes(Map.of("schema.registry.url", registry.url()))
                                .values(Alert.class)
                                .deserializer())) {
            Await.until(
                    "the end of alerts",
                    () -> {
                        for (Alert alert : reader.poll(Duration.ofMillis(100))) {
                            told.add(
                                    alert.getId()
                                            + " "
                                            + alert.getState()
                                            + " "
                                            + alert.getKind()
                                            + " "
                                            + alert.getOpenedAt()
                                            + " "
                                            + alert.getResolvedAt());
                        }
                        return running.isAlive() && reader.isFinished();
                    },
                    () -> told.size() + " alerts " + running.said());
        }
        assertTrue(told.size() > 2, told.toString());
        return List.copyOf(told);
    }

    private Committed committed(String prefix) {
        return new Committed(
                client(),
                prefix + "flows",
                prefix + "rejected",
                prefix + "app-judge-store-changelog",
                RAW_PARTITIONS);
    }

    private static long sum(SortedMap<AccountName, Long> books, String... counted) {
        return books.entrySet().stream()
                .filter(entry -> List.of(counted).contains(entry.getKey().counted()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Most table files of one store, each once a memtable or a merger of several. */
    private int tables() throws IOException {
        try (var files = Files.walk(folder.resolve("killed."))) {
            return files
                    .filter(file -> file.toString().endsWith(".sst"))
                    .filter(file -> !file.toString().contains("/global/"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()))
                    .values()
                    .stream()
                    .mapToInt(Long::intValue)
                    .max()
                    .orElse(0);
        }
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private Path config(String prefix) throws IOException {
        return Files.writeString(
                folder.resolve(prefix + "yaml"),
                """
                kafka:
                  bootstrap.servers: %s
                  application.id: %s
                  num.standby.replicas: 0
                  commit.interval.ms: 50
                schema.registry.url: %s
                schema.registry.auto.register.schemas: true
                topics.prefix: %s
                inputs: [{topic: %s}]
                flows: all
                state.dir: %s
                http.listen: off
                limits:
                  write-buffer: 64KiB
                  store-cache: 64KiB
                """
                        .formatted(
                                broker.bootstrapServers(),
                                prefix + "app",
                                registry.url(),
                                prefix,
                                RAW.name(),
                                folder.resolve(prefix)));
    }

    private void prepare(Admin admin, String prefix, Workload workload) {
        var topics =
                Topics.under(prefix)
                        .withPartitions(
                                Map.of(
                                        "flows",
                                        FLOWS_PARTITIONS,
                                        "findings",
                                        FINDINGS_PARTITIONS,
                                        "alerts",
                                        1,
                                        "rejected",
                                        1));
        new TopicAdmin(admin)
                .create(
                        List.of(
                                topics.flows(),
                                topics.findings(),
                                topics.actions(),
                                topics.alerts(),
                                topics.rejected(),
                                topics.catalog(),
                                topics.estate()),
                        Optional.empty());
        var serdes =
                new SchemaSerdes(
                        Map.of(
                                "schema.registry.url",
                                registry.url(),
                                "auto.register.schemas",
                                true));
        var rules = new TreeMap<String, PortRule>();
        Catalog.bundled().rules().forEach(rule -> rules.put(rule.getId(), rule));
        new Publisher<>(client(), topics.catalog().name(), serdes.values(PortRule.class))
                .publish(rules);
        new Publisher<>(client(), topics.estate().name(), serdes.values(EstateEntry.class))
                .publish(new Estate(workload.estate()).byKey());
    }

    /** Of everything something, and the final tick. */
    private void write(Workload workload) throws IOException {
        var random = new Random(11);
        try (var raw = new RawWriter(client(), RAW.name(), RAW_PARTITIONS)) {
            for (int i = 0; i < DATAGRAMS; i++) {
                raw.accept(workload.next());
                if (i % 4 == 0) {
                    raw.accept(conversations(random, i));
                }
                if (i % 50 == 0) {
                    raw.accept(chunk(i / 100));
                }
                if (i % 70 == 0) {
                    raw.accept(record("netflow/10.9.9.9/0", RawFormat.NETFLOW, 0, 9, 0));
                }
                if (i % 90 == 0) {
                    raw.accept(record("ticker", RawFormat.TICK));
                }
            }
            raw.accept(
                    new RawRecord(
                            "ticker", RawFormat.TICK, 1, null, null, null, null, true, bytes()));
            raw.flush();
        }
    }

    /** Openings that only SYN shows and memory keeps, and what was said in them later. */
    private static RawRecord conversations(Random random, int i) {
        var records = ExportBytes.raw();
        for (int n = 0; n < 24; n++) {
            int client = random.nextInt(4_000);
            boolean opens = random.nextBoolean();
            boolean reply = !opens && random.nextBoolean();
            String a = "10.1.77." + client % 250;
            String b = "10.2.78." + client % 50;
            records.ip(reply ? b : a).ip(reply ? a : b);
            int port = 40_000 + client;
            records.u16(reply ? 45_000 : port).u16(reply ? port : 45_000);
            records.u8(6).u8(opens ? 2 : 0x18).u32(1 + random.nextInt(9_000)).u32(3);
            records.u32(900_000).u32(999_000);
        }
        String exporter = "10.1.254." + i / 4 % 11;
        byte[] datagram =
                ExportBytes.v9(
                        0,
                        ExportBytes.set(
                                0,
                                ExportBytes.template(
                                        310, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 6, 1, 1, 4, 2, 4, 22,
                                        4, 21, 4)),
                        ExportBytes.set(310, records.get()));
        return new RawRecord(
                "netflow/" + exporter + "/0",
                RawFormat.NETFLOW,
                1_700_000_000_000L,
                exporter,
                null,
                null,
                null,
                false,
                datagram);
    }

    /** Lines of a cloud log; every chunk comes twice. */
    private static RawRecord chunk(int number) {
        var random = new Random(number);
        String line =
                "2 123456789012 eni-%d 10.1.0.%d 10.2.0.9 49152 31031 6 10 %d 1700000000 1700000060"
                        + " ACCEPT OK\n";
        var lines = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            lines.append(
                    line.formatted(number % 5, 1 + random.nextInt(200), random.nextInt(9_000)));
        }
        return new RawRecord(
                "aws/eni-" + number % 5,
                RawFormat.AWS,
                1_700_000_060_000L,
                null,
                "etag-" + number + ":0",
                null,
                null,
                false,
                lines.toString().getBytes(UTF_8));
    }

    private static RawRecord record(String source, RawFormat format, int... value) {
        return new RawRecord(source, format, 1, null, null, null, null, false, bytes(value));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
