package io.flowwarden.lab;

import static io.flowwarden.lab.Told.between;
import static io.flowwarden.lab.Told.from;
import static io.flowwarden.lab.Told.number;
import static io.flowwarden.lab.Told.to;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.cli.Running;
import io.flowwarden.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real hosts, a real firewall and a real exporter against {@code live}: each test does something to
 * the network, sees it told, and puts it right again.
 */
final class LabIT {
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int PSH = 8;

    @TempDir private static Path folder;
    private static Lab lab;
    private static Running live;
    private static Activity exporter;
    private static Activity heartbeats1;
    private static Activity heartbeats2;
    private static Activity replication1;
    private static Activity replication2;

    @BeforeAll
    static void everythingRuns() throws Exception {
        lab = Lab.open(Files.createDirectory(folder.resolve("lab")));
        heartbeats1 = lab.heartbeats("esx-1").start();
        heartbeats2 = lab.heartbeats("esx-2").start();
        replication1 = lab.replication("esx-1").start();
        replication2 = lab.replication("esx-2").start();
        live =
                Running.start(
                        folder,
                        "live",
                        "--listen",
                        lab.collector() + ":0",
                        "--http",
                        "127.0.0.1:0",
                        "--data",
                        folder.resolve("data").toString(),
                        "--estate",
                        lab.estate().toString(),
                        "--flows",
                        "all",
                        "--json");
        live.awaitSaying("judging");
        exporter = lab.exporter(live.udp()).start();
    }

    @AfterAll
    static void end() throws Exception {
        if (live != null) {
            live.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void allIsWellAgain() {
        var told = Told.fromNowOn(live);
        told.awaitFlow("heartbeats", between(Lab.ESX_1, Lab.VCENTER).and(to(Lab.HEARTBEAT)));
        told.awaitFlow("heartbeats", between(Lab.ESX_2, Lab.VCENTER).and(to(Lab.HEARTBEAT)));
        told.awaitFlow("replication", LabIT::replicates);
    }

    @Test
    void heartbeatsAndReplicationAreExpected() {
        var told = Told.fromNowOn(live);
        Map<String, Object> heartbeat =
                told.awaitFlow(
                        "a heartbeat", between(Lab.ESX_1, Lab.VCENTER).and(to(Lab.HEARTBEAT)));
        assertEquals("EXPECTED", heartbeat.get("verdict"), heartbeat.toString());
        assertEquals("heartbeat", heartbeat.get("category"), heartbeat.toString());
        assertEquals(
                lab.exporterAddress(), heartbeat.get("exporter"), "the exporter's own address");
        Map<String, Object> replication = told.awaitFlow("replication", LabIT::replicates);
        assertEquals("EXPECTED", replication.get("verdict"), replication.toString());
        assertEquals("replication", replication.get("category"), replication.toString());
        Map<String, Object> answer =
                told.awaitFlow("an answer", between(Lab.VR, Lab.ESX_1).and(LabIT::hasPayload));
        assertEquals("EXPECTED", answer.get("verdict"), answer.toString());
    }

    @Test
    void aHostWithoutItsCableIsSilentAndTheOthersGoOn() throws Exception {
        lab.unplug("esx-1");
        try {
            awaitExported(between(Lab.ESX_1, Lab.VCENTER));
            var told = Told.fromNowOn(live);
            for (int round = 0; round < 2; round++) {
                Told.fromNowOn(live).awaitFlow("the other one's", between(Lab.ESX_2, Lab.VCENTER));
            }
            assertEquals(0, told.flows(between(Lab.ESX_1, Lab.VCENTER)).size());
        } finally {
            lab.plug("esx-1", Lab.ESX_1);
        }
    }

    @Test
    void droppedReplicationIsNothingButUnansweredSyns() throws Exception {
        var told = blocked(Block.DROP, "timed out");
        Map<String, Object> attempt = told.awaitFlow("an attempt", LabIT::unanswered);
        assertEquals("EXPECTED", attempt.get("verdict"), attempt.toString());
        assertEquals(0, told.flows(between(Lab.VR, Lab.ESX_1)).size());
        assertEquals(0, told.flows(LabIT::replicates).size());
        unblocked();
    }

    @Test
    void resetReplicationIsRefused() throws Exception {
        var told = blocked(Block.RESET, "refused");
        Map<String, Object> refusal =
                told.awaitFlow(
                        "a reset",
                        between(Lab.VR, Lab.ESX_1)
                                .and(from(Lab.REPLICATION))
                                .and(flow -> (number(flow, "tcp_flags") & RST) != 0));
        assertTrue(number(refusal, "packets") <= 2, refusal.toString());
        unblocked();
    }

    @Test
    void prohibitedReplicationIsToldByTheRouter() throws Exception {
        var told = blocked(Block.PROHIBITED, "No route to host");
        Map<String, Object> error =
                told.awaitFlow(
                        "an ICMP error",
                        between(Lab.ROUTER_PARIS, Lab.ESX_1)
                                .and(flow -> number(flow, "icmp_type") == 3));
        assertEquals(13, number(error, "icmp_code"), error.toString());
        unblocked();
    }

    @Test
    void killedExporterSaysNothingAndDecodesAtOnceWhenItIsBack() {
        exporter.stop();
        var silence = Told.fromNowOn(live);
        exporter.start();
        silence.awaitFlow("replication", LabIT::replicates);
        assertTrue(
                live.body("/metrics")
                        .lines()
                        .filter(line -> line.startsWith("flowwarden_skipped_total{reason=\"NO_"))
                        .allMatch(line -> line.endsWith(" 0.0")));
    }

    @Test
    void strangerOnAHostIsUnexpectedAndTheNearestRuleIsNamed() {
        try (var visits = lab.sessions("stranger", Lab.ESX_1, Lab.NFC)) {
            var told = Told.fromNowOn(live);
            visits.start().awaitSaying("done");
            Map<String, Object> visit =
                    told.awaitFlow("the visit", between(Lab.STRANGER, Lab.ESX_1).and(to(Lab.NFC)));
            assertEquals("UNEXPECTED", visit.get("verdict"), visit.toString());
            assertEquals("UNKNOWN_PEER", visit.get("reason"), visit.toString());
            assertEquals(
                    "vsphere-replication-902-tcp-vr-server-esxi-host",
                    visit.get("nearest_rule"),
                    visit.toString());
            assertEquals("client-role", visit.get("failed_condition"), visit.toString());
        }
    }

    @Test
    void sweptHostsAreAllTold() throws Exception {
        var told = Told.fromNowOn(live);
        lab.sweep(Lab.SILENT_HOSTS, "902,31031");
        Await.until(
                "every host of the prefix",
                () ->
                        told.flows(flow -> Lab.STRANGER.equals(flow.get("src"))).stream()
                                        .filter(flow -> "UNEXPECTED".equals(flow.get("verdict")))
                                        .map(flow -> flow.get("dst"))
                                        .collect(Collectors.toSet())
                                        .size()
                                == 64,
                () -> told.flows(flow -> Lab.STRANGER.equals(flow.get("src"))).size());
    }

    /** What is told once the firewall blocks replication and the hosts have noticed. */
    private static Told blocked(Block how, String symptom) throws Exception {
        lab.block(Lab.REPLICATION, how);
        replication1.stop();
        replication1.start().awaitSaying(symptom);
        awaitExported(LabIT::replicates);
        return Told.fromNowOn(live);
    }

    private static void unblocked() throws Exception {
        lab.unblock();
        replication1.awaitSaying("done");
    }

    /** Until what was under way is exported: the exporter has told of two more attempts. */
    private static void awaitExported(Predicate<Map<String, Object>> which) {
        Await.until(
                "the last of it to be exported",
                () -> {
                    var told = Told.fromNowOn(live);
                    told.awaitFlow("another", between(Lab.ESX_2, Lab.VCENTER));
                    Told.fromNowOn(live).awaitFlow("another", between(Lab.ESX_2, Lab.VCENTER));
                    return told.flows(which).isEmpty();
                },
                live::said);
    }

    private static boolean replicates(Map<String, Object> flow) {
        return between(Lab.ESX_1, Lab.VR).and(to(Lab.REPLICATION)).test(flow) && hasPayload(flow);
    }

    private static boolean hasPayload(Map<String, Object> flow) {
        return (number(flow, "tcp_flags") & PSH) != 0;
    }

    private static boolean unanswered(Map<String, Object> flow) {
        return between(Lab.ESX_1, Lab.VR).and(to(Lab.REPLICATION)).test(flow)
                && number(flow, "tcp_flags") == SYN
                && number(flow, "bytes") <= 80 * number(flow, "packets");
    }
}
