package io.flowwarden.lab;

import static io.flowwarden.lab.Told.between;
import static io.flowwarden.lab.Told.from;
import static io.flowwarden.lab.Told.number;
import static io.flowwarden.lab.Told.opened;
import static io.flowwarden.lab.Told.resolved;
import static io.flowwarden.lab.Told.to;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.cli.Running;
import io.flowwarden.decode.golden.Json;
import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real hosts, a real firewall and a real exporter against {@code live}: each test does something to
 * the network, sees it told, and puts it right again.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LabIT {
    private static final String UNENCRYPTED = "UNENCRYPTED_REPLICATION";

    /** What nobody watched is not judged: it waits until the window of the backups is over. */
    private static final int LAST = Integer.MAX_VALUE;

    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int PSH = 8;

    /** Of the lab's estate. */
    private static final Duration HEARTBEAT_DEADLINE = Duration.ofSeconds(5);

    private static final Duration REPORTING_DELAY = Duration.ofSeconds(5);

    /** From its start to the first flows. */
    private static final Duration STARTING = Duration.ofSeconds(30);

    @TempDir private static Path folder;
    static Lab lab;
    static Feed feed;
    static Alertmanager alertmanager;
    static Troubles troubles;

    private static Running live;
    private static Activity exporter;
    private static Activity heartbeats1;
    private static Activity heartbeats2;
    private static Activity replication1;
    private static Activity replication2;

    /** Since the test began. */
    private Told since;

    @BeforeAll
    static void everythingRuns() throws Exception {
        lab = Lab.open(Files.createDirectory(folder.resolve("lab")));
        heartbeats1 = lab.heartbeats("esx-1").start();
        heartbeats2 = lab.heartbeats("esx-2").start();
        replication1 = lab.replication("esx-1").start();
        replication2 = lab.replication("esx-2").start();
        alertmanager = Alertmanager.start(folder);
        troubles = new Troubles(lab);
        live =
                Running.start(
                        folder,
                        "live",
                        "--config",
                        config().toString(),
                        "--listen",
                        lab.collector() + ":0",
                        "--http",
                        "127.0.0.1:0",
                        "--data",
                        folder.resolve("data").toString(),
                        "--estate",
                        lab.estate(nextMinute()).toString(),
                        "--flows",
                        "all",
                        "--json");
        feed = new Feed(live);
        exporter = lab.exporter(live.udp()).start();
        troubles.exportTo(live.udp());
        live.awaitSaying("judging");
        // A source may say that something is missing once it knows its own delay.
        awaitMoreOf(REPORTING_DELAY.multipliedBy(3));
        troubles.begin(Told.fromTheBeginning(feed));
    }

    private static Path config() throws IOException {
        return Files.writeString(
                folder.resolve("flowwarden.yaml"),
                """
                alert.sinks:
                  - {type: alertmanager, urls: ["%s"]}
                limits:
                  silence: 15s
                  telemetry-patience: 20s
                """
                        .formatted(alertmanager.url()));
    }

    /** The next minute that begins after everything runs: what runs before it is no backup. */
    private static ZonedDateTime nextMinute() {
        return ZonedDateTime.now(ZoneOffset.UTC)
                .plus(STARTING)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
    }

    @AfterAll
    static void end() throws Exception {
        if (live != null) {
            live.close();
        }
        if (alertmanager != null) {
            alertmanager.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void begin() {
        since = Told.fromNowOn(feed);
    }

    /** The next test finds all well, and nobody was told anything but what was wrong. */
    @AfterEach
    void allIsWellAgain(TestInfo test) {
        Method method = test.getTestMethod().orElseThrow();
        if (method.getDeclaringClass() != LabIT.class) {
            return;
        }
        var told = Told.fromNowOn(feed);
        told.awaitFlow("heartbeats", between(Lab.ESX_1, Lab.VCENTER).and(to(Lab.HEARTBEAT)));
        told.awaitFlow("heartbeats", between(Lab.ESX_2, Lab.VCENTER).and(to(Lab.HEARTBEAT)));
        told.awaitFlow("replication", LabIT::replicates);
        Set<Object> kinds =
                since.alerts(alert -> !troubles.isOurs(alert)).stream()
                        .map(alert -> alert.get("kind"))
                        // Told once an hour: what replicates here never is encrypted.
                        .filter(kind -> !kind.equals(UNENCRYPTED))
                        .collect(toSet());
        var fires = method.getAnnotation(Fires.class);
        Set<Object> expected =
                fires == null ? new HashSet<>() : new HashSet<>(Set.of(fires.value()));
        expected.remove(UNENCRYPTED);
        assertEquals(expected, kinds, () -> since.alerts().toString());
    }

    @Test
    void heartbeatsAndReplicationAreExpected() {
        var told = Told.fromNowOn(feed);
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
    @Fires("HEARTBEAT_MISSING")
    void silentHostIsOneAlertInTimeAndTheOthersGoOn() throws Exception {
        lab.unplug("esx-1");
        long silent = System.nanoTime();
        try {
            // The other host still replicates, and one of them is enough.
            Map<String, Object> alert = awaitOpen("HEARTBEAT_MISSING");
            Duration took = Duration.ofNanos(System.nanoTime() - silent);
            Duration allowed = HEARTBEAT_DEADLINE.plus(REPORTING_DELAY).plusSeconds(10);
            assertTrue(took.compareTo(allowed) < 0, took + " and not " + allowed);
            assertEquals("critical", alert.get("severity"), alert.toString());
            assertEquals(Lab.ESX_1, subject(alert).get("client"), alert.toString());
            var told = Told.fromNowOn(feed);
            told.awaitFlow("the other one's", between(Lab.ESX_2, Lab.VCENTER));
            assertEquals(0, told.flows(between(Lab.ESX_1, Lab.VCENTER)).size());
            lab.plug("esx-1", Lab.ESX_1);
            awaitResolved(alert);
        } finally {
            lab.plug("esx-1", Lab.ESX_1);
        }
    }

    @Test
    @Fires("REPLICATION_BLOCKED")
    void droppedReplicationIsNothingButUnansweredSyns() throws Exception {
        var told = blocked(Block.DROP, "timed out");
        Map<String, Object> attempt = told.awaitFlow("an attempt", LabIT::unanswered);
        assertEquals("EXPECTED", attempt.get("verdict"), attempt.toString());
        assertEquals(0, told.flows(between(Lab.VR, Lab.ESX_1)).size());
        assertEquals(0, told.flows(LabIT::replicates).size());
        blockedUntilUnblocked("UNANSWERED");
    }

    @Test
    @Fires("REPLICATION_BLOCKED")
    void resetReplicationIsRefused() throws Exception {
        var told = blocked(Block.RESET, "refused");
        Map<String, Object> refusal =
                told.awaitFlow(
                        "a reset",
                        between(Lab.VR, Lab.ESX_1)
                                .and(from(Lab.REPLICATION))
                                .and(flow -> (number(flow, "tcp_flags") & RST) != 0));
        assertTrue(number(refusal, "packets") <= 2, refusal.toString());
        blockedUntilUnblocked("REFUSED");
    }

    @Test
    @Fires("REPLICATION_BLOCKED")
    void prohibitedReplicationIsToldByTheRouter() throws Exception {
        var told = blocked(Block.PROHIBITED, "No route to host");
        Map<String, Object> error =
                told.awaitFlow(
                        "an ICMP error",
                        between(Lab.ROUTER_PARIS, Lab.ESX_1)
                                .and(flow -> number(flow, "icmp_type") == 3));
        assertEquals(13, number(error, "icmp_code"), error.toString());
        blockedUntilUnblocked("UNREACHABLE");
    }

    @Test
    @Order(LAST)
    @Fires("TELEMETRY_LOST")
    void killedExporterIsOneAlertAndNothingElseAndResolvesWhenItIsBack() {
        exporter.stop();
        Map<String, Object> alert = awaitOpen("TELEMETRY_LOST");
        assertEquals(lab.exporterAddress(), subject(alert).get("exporter"), alert.toString());
        var back = Told.fromNowOn(feed);
        exporter.start();
        back.awaitFlow("replication", LabIT::replicates);
        awaitResolved(alert);
        // Longer than any deadline that could have passed meanwhile.
        awaitMoreOf(HEARTBEAT_DEADLINE.plus(REPORTING_DELAY).plusSeconds(5));
    }

    @Test
    @Order(LAST)
    @Fires("COLLECTOR_LOST")
    void collectorThatStoodStillIsOneAlertAndNothingElse() throws Exception {
        signal("STOP");
        try {
            // One a second: longer than a collector may be without a tick.
            heartbeats1.awaitSayingAgain("done", 7);
        } finally {
            signal("CONT");
        }
        awaitResolved(awaitOpen("COLLECTOR_LOST"));
    }

    private static void signal(String name) throws Exception {
        Tool.run(folder, List.of("sh", "-c", "kill -" + name + " " + live.pid()));
    }

    @Test
    @Fires("UNENCRYPTED_REPLICATION")
    void replicationInTheClearIsOneAlertOfItsLink() {
        var all = Told.fromTheBeginning(feed);
        Predicate<Map<String, Object>> ofLink =
                opened(UNENCRYPTED).and(alert -> "dr-lyon".equals(subject(alert).get("link")));
        Object id = all.awaitAlert(UNENCRYPTED, ofLink).get("id");
        assertEquals(
                Set.of(id), all.alerts(ofLink).stream().map(a -> a.get("id")).collect(toSet()));
        alertmanager.awaitFiring(id.toString());
    }

    @Test
    @Fires("UNEXPECTED_FLOW")
    void strangerOnAHostIsUnexpectedAndTheNearestRuleIsNamed() {
        try (var visits = lab.sessions("stranger", Lab.ESX_1, Lab.NFC)) {
            var told = Told.fromNowOn(feed);
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
            Map<String, Object> alert = awaitOpen("UNEXPECTED_FLOW");
            assertEquals(visit.get("nearest_rule"), alert.get("nearest_rule"), alert.toString());
            assertEquals("client-role", alert.get("failed_condition"), alert.toString());
            assertEquals(Lab.STRANGER, subject(alert).get("client"), alert.toString());
            assertTrue(
                    alert.get("explanation")
                            .toString()
                            .contains(visit.get("nearest_rule").toString()),
                    alert.toString());
        }
    }

    @Test
    @Fires("FAN_OUT")
    void aSweepIsOneAlertHoweverManyHostsAreAsked() throws Exception {
        lab.sweep(Lab.SILENT_HOSTS, "902,31031,44046");
        Await.until(
                "every host of the prefix",
                () ->
                        since.flows(flow -> Lab.SCANNER.equals(flow.get("src"))).stream()
                                        .filter(flow -> "UNEXPECTED".equals(flow.get("verdict")))
                                        .map(flow -> flow.get("dst"))
                                        .collect(toSet())
                                        .size()
                                == 64,
                () -> since.flows(flow -> Lab.SCANNER.equals(flow.get("src"))).size());
        Map<String, Object> alert = awaitOpen("FAN_OUT");
        assertEquals(Lab.SCANNER, subject(alert).get("client"), alert.toString());
        // Longer than unexpected flows wait to be alerts of their own.
        awaitMoreOf(Duration.ofSeconds(15));
    }

    /** What is told once the firewall blocks replication and the hosts have noticed. */
    private static Told blocked(Block how, String symptom) throws Exception {
        lab.block(Lab.VR, Lab.REPLICATION, how);
        replication1.stop();
        replication1.start().awaitSaying(symptom);
        awaitExported(LabIT::replicates);
        return Told.fromNowOn(feed);
    }

    private void blockedUntilUnblocked(String evidence) throws Exception {
        Map<String, Object> alert = awaitOpen("REPLICATION_BLOCKED");
        assertEquals(evidence, alert.get("reason"), alert.toString());
        assertEquals("dr-lyon", subject(alert).get("link"), alert.toString());
        assertEquals("critical", alert.get("severity"), alert.toString());
        lab.pass("-d", Lab.VR);
        replication1.awaitSaying("done");
        awaitResolved(alert);
    }

    /** The alert of this kind, as soon as it is there. */
    private Map<String, Object> awaitOpen(String kind) {
        Map<String, Object> alert =
                since.awaitAlert(kind, opened(kind).and(each -> !troubles.isOurs(each)));
        alertmanager.awaitFiring(alert.get("id").toString());
        return alert;
    }

    /** Returns once it is over, and no other of its kind was told. */
    private void awaitResolved(Map<String, Object> alert) {
        Object id = alert.get("id");
        since.awaitAlert("the end of " + alert, resolved(id));
        alertmanager.awaitResolved(id.toString());
        assertEquals(
                Set.of(id),
                since.alerts(opened(alert.get("kind").toString())).stream()
                        .filter(each -> !troubles.isOurs(each))
                        .map(each -> each.get("id"))
                        .collect(toSet()));
    }

    /** Returns when the exporter has told of so much more time. */
    private static void awaitMoreOf(Duration time) {
        var told = Told.fromNowOn(feed);
        Instant first = end(told.awaitFlow("a flow", flow -> true));
        told.awaitFlow("a flow " + time + " later", flow -> end(flow).isAfter(first.plus(time)));
    }

    private static Instant end(Map<String, Object> flow) {
        return Instant.parse((String) flow.get("end"));
    }

    private static Map<String, Object> subject(Map<String, Object> alert) {
        return Json.object(alert.get("subject"));
    }

    /** Until what was under way is exported: the exporter has told of two more attempts. */
    private static void awaitExported(Predicate<Map<String, Object>> which) {
        Await.until(
                "the last of it to be exported",
                () -> {
                    var told = Told.fromNowOn(feed);
                    told.awaitFlow("another", between(Lab.ESX_2, Lab.VCENTER));
                    Told.fromNowOn(feed).awaitFlow("another", between(Lab.ESX_2, Lab.VCENTER));
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

    /** Behind the tests above, because some of it takes minutes. */
    @Nested
    final class InTheBackground extends TroublesTold {}
}
