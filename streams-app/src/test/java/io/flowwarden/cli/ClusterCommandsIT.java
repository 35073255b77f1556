package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.embedded.EmbeddedBroker;
import io.flowwarden.schemas.registry.Compatibility;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.flowwarden.schemas.registry.RegistryClient;
import io.flowwarden.schemas.registry.RegistryConfig;
import io.flowwarden.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an empty cluster to a running instance, by the commands that a person types. */
final class ClusterCommandsIT {
    @TempDir Path folder;

    @Test
    void emptyClusterBecomesOneThatJudges() throws Exception {
        try (var broker = EmbeddedBroker.start();
                var registry = InProcessRegistry.start();
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Path config =
                    Files.writeString(
                            folder.resolve("flowwarden.yaml"),
                            """
                            kafka.bootstrap.servers: %s
                            kafka.num.standby.replicas: 0
                            schema.registry.url: %s
                            topics.prefix: it.
                            http.listen: 127.0.0.1:0
                            """
                                    .formatted(broker.bootstrapServers(), registry.url()));

            var unready = run("run", "--config", config.toString());
            assertEquals(2, unready.status(), unready.err());
            assertEquals("", unready.out());
            for (String kind :
                    List.of(
                            "raw",
                            "flows",
                            "findings",
                            "actions",
                            "alerts",
                            "rejected",
                            "catalog")) {
                assertTrue(
                        unready.err().contains("topic it." + kind + " does not exist"),
                        unready.err());
            }
            assertTrue(
                    unready.err().contains("schema.registry.url: ")
                            && unready.err().contains("JudgedFlow is not registered"),
                    unready.err());
            assertTrue(admin.listGroups().all().get().isEmpty(), "it is refused before it joins");

            var created =
                    run("topics", "create", "--config", config.toString(), "--partitions", "raw=3");
            assertEquals(
                    """
                    it.raw: created, partitions 3
                    it.flows: created, partitions 6
                    it.findings: created, partitions 12
                    it.actions: created, partitions 12
                    it.alerts: created, partitions 6
                    it.rejected: created, partitions 6
                    it.catalog: created, partitions 1
                    it.estate: created, partitions 1
                    """,
                    created.out(),
                    created.err());
            var early = run("catalog", "publish", "--config", config.toString());
            assertEquals(2, early.status(), early.err());
            assertTrue(early.err().endsWith(" (flowwarden schemas register)\n"), early.err());

            var registered = run("schemas", "register", "--config", config.toString());
            assertEquals(0, registered.status(), registered.err());
            var client =
                    new RegistryClient(
                            new RegistryConfig(Map.of("schema.registry.url", registry.url())));
            assertEquals(
                    List.of(
                            "it.actions-value",
                            "it.alerts-value",
                            "it.catalog-value",
                            "it.estate-value",
                            "it.findings-value",
                            "it.flows-value"),
                    client.subjects().stream().sorted().toList());
            client.setCompatibility(Compatibility.NONE);
            assertEquals(Compatibility.BACKWARD, client.compatibility("it.flows-value"));

            var described = run("topics", "describe", "--config", config.toString());
            assertEquals("it.raw: partitions 3, replicas 1", described.lines().get(0));

            var ready = run("run", "--check", "--config", config.toString());
            assertEquals(0, ready.status(), ready.err());
            assertEquals("no faults\n", ready.out());
            assertTrue(admin.listGroups().all().get().isEmpty(), "a check joins nothing");

            try (var running = Running.start(folder, config)) {
                running.awaitSaying("waits for a first catalog");
                assertEquals(503, running.status("/health/ready"));
                assertEquals(200, running.status("/health/live"));

                var revision = Catalog.bundled().revision();
                var published = run("catalog", "publish", "--config", config.toString());
                assertEquals(
                        "catalog revision %s: %d rules, %d written, 0 removed, 0 unchanged\n"
                                .formatted(revision.hash(), revision.count(), revision.count()),
                        published.out(),
                        published.err());

                applied(config);
                Await.until("ready", () -> running.status("/health/ready") == 200, running::said);
                assertEquals(0, running.stop(), running.said());
            }

            admin.createPartitions(Map.of("it.raw", NewPartitions.increaseTo(4))).all().get();
            var grown = run("run", "--config", config.toString());
            assertEquals(2, grown.status());
            assertTrue(
                    grown.err().contains("the state has 3 partitions and the input 4"),
                    grown.err());

            admin.createPartitions(Map.of("it.findings", NewPartitions.increaseTo(13))).all().get();
            admin.deleteTopics(List.of("it.alerts")).all().get();
            var settling = run("run", "--check", "--config", config.toString());
            assertEquals(2, settling.status());
            for (String fault :
                    List.of(
                            "it.actions has 12 partitions, but must have as many as it.findings, 13",
                            "the state has 12 partitions and it.findings 13",
                            "topic it.alerts does not exist: flowwarden topics create")) {
                assertTrue(settling.err().contains(fault), settling.err());
            }
        }
    }

    private void applied(Path config) throws Exception {
        Path estate = folder.resolve("estate.yaml");
        String sites = "sites: [{name: paris, networks: [10.1.0.0/16]}%s]\n";
        Files.writeString(
                estate, sites.formatted(", {name: lyon, networks: [10.2.0.0/16]}") + LINKED);
        String apply = estate.toString();
        String key = config.toString();
        var dry = run("apply", apply, "--config", key, "--dry-run");
        assertEquals(0, dry.status(), dry.err());
        assertEquals(
                List.of("+ endpoint/a", "+ link/beat", "+ site/lyon", "+ site/paris"),
                dry.lines().subList(0, 4));
        assertTrue(dry.out().endsWith(" (dry run: nothing is published)\n"), dry.out());
        var first = run("apply", apply, "--config", key);
        assertTrue(
                first.out().endsWith(": 4 entries, 4 written, 0 removed, 0 unchanged\n"),
                first.out() + first.err());

        Files.writeString(estate, sites.formatted("") + LINKED.replace("10s", "20s"));
        var second = run("apply", apply, "--config", key);
        assertEquals(List.of("~ link/beat", "- site/lyon"), second.lines().subList(0, 2));

        Files.writeString(estate, sites.formatted("") + LINKED.replace("to: a", "to: b"));
        var refused = run("apply", apply, "--config", key);
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains(":3: links[0].to: 'b'"), refused.err());
    }

    @Test
    void estateIsCheckedWithoutACluster() throws Exception {
        Path estate = Files.writeString(folder.resolve("estate.yaml"), "sites: []\n" + LINKED);
        var faulty = run("apply", estate.toString(), "--dry-run");
        assertEquals(2, faulty.status());
        assertTrue(faulty.err().contains(":3: links[0].from: 'paris'"), faulty.err());

        String site = "sites: [{name: paris, networks: [10.1.0.0/16]}]\n";
        Files.writeString(estate, site + LINKED);
        var sound = run("apply", estate.toString(), "--dry-run");
        assertEquals(0, sound.status(), sound.err());
        assertEquals(
                List.of("+ endpoint/a", "+ link/beat", "+ site/paris"),
                sound.lines().subList(0, 3));
        assertTrue(sound.last().contains(": 3 entries, no faults ("), sound.out());

        var nowhere = run("apply", estate.toString());
        assertEquals(2, nowhere.status());
        assertTrue(
                nowhere.err().startsWith("Missing required option: '--config=F'"), nowhere.err());
    }

    private static final String LINKED =
            """
            endpoints: [{name: a, address: 10.1.0.1, roles: [vcenter-server]}]
            links: [{name: beat, kind: heartbeat, from: paris, to: a, service: 902/udp, every: 10s}]
            """;

    @Test
    void everyFaultIsToldAndNoSecret() throws Exception {
        Files.writeString(
                folder.resolve("bad.yaml"),
                """
                kafka:
                  bootstrap.servers: 127.0.0.1:1
                  security.protocol: SASL_PLAINTEXT
                  sasl.mechanism: PLAIN
                  sasl.jaas.config: org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="s3cret";
                schema.registry.url: http://user:s3cret@127.0.0.1:1
                schema.registry.max.retries: 0
                flows: notible
                alert.sinks: [{type: webhook, url: "http://127.0.0.1:1/s3cret"}]
                """);
        var ran = run("run", "--check", "--config", "bad.yaml");
        assertEquals(2, ran.status());
        assertFalse(ran.err().contains("s3cret"), ran.err());
        assertTrue(
                ran.err()
                        .startsWith(
                                "bad.yaml:8: flows: 'notible': must be all or none or notable; did"
                                        + " you mean 'notable'?\n"),
                ran.err());
        assertTrue(ran.err().contains("bad.yaml:6: schema.registry.url: "), ran.err());
        assertTrue(
                ran.err().contains("bad.yaml:2: kafka.bootstrap.servers: no broker answers"),
                ran.err());
        assertTrue(
                ran.err().contains("bad.yaml:9: alert.sinks: only live tells alerts itself"),
                ran.err());
        assertTrue(ran.err().endsWith("flowwarden: 4 faults\n"), ran.err());
    }

    private Flowwarden.Ran run(String... arguments) throws Exception {
        return Flowwarden.run(folder, arguments);
    }
}
