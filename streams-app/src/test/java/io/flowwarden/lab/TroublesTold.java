package io.flowwarden.lab;

import static io.flowwarden.lab.Told.opened;
import static io.flowwarden.lab.Told.resolved;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.golden.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What was told of the troubles in the background since the beginning, and of nothing else. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class TroublesTold {
    private static final int LAST = Integer.MAX_VALUE;

    @Test
    @Fires("HEARTBEAT_DEGRADED")
    void oneBeatInFourIsDegraded() {
        awaitOfLink("HEARTBEAT_DEGRADED", "trouble-degraded");
    }

    @Test
    @Fires("HEARTBEAT_BLOCKED")
    void heartbeatsOverTcpThatAreDroppedAreBlocked() {
        Map<String, Object> alert = awaitOfLink("HEARTBEAT_BLOCKED", "trouble-unheard");
        assertEquals("UNANSWERED", alert.get("reason"), alert.toString());
        assertEquals("critical", alert.get("severity"), alert.toString());
    }

    @Test
    @Fires("RPO_AT_RISK")
    void replicationThatIsSwitchedOffPutsTheRpoAtRisk() {
        awaitOfLink("RPO_AT_RISK", "trouble-rpo");
    }

    @Test
    @Fires("PATH_LOST")
    void pathBetweenSitesIsOneCauseWithItsChildrenMarked() {
        Map<String, Object> pair = await("PATH_LOST", alert -> subject(alert).get("link") == null);
        assertEquals("paris", subject(pair).get("client_site"), pair.toString());
        assertEquals("brest", subject(pair).get("server_site"), pair.toString());
        for (String host : List.of("10.71.2.15", "10.71.2.16")) {
            Map<String, Object> child =
                    await("PATH_LOST", alert -> host.equals(subject(alert).get("client")));
            assertEquals(pair.get("id"), child.get("cause"), child.toString());
        }
    }

    @Test
    @Fires("BACKUP_LATE")
    void backupThatHasNotBegunIsLate() {
        awaitOfLink("BACKUP_LATE", "trouble-late");
    }

    @Test
    @Fires("BACKUP_MISSED")
    void backupThatDidNotHappenInItsWindowIsMissed() {
        Map<String, Object> alert = awaitOfLink("BACKUP_MISSED", "trouble-missed");
        assertEquals("critical", alert.get("severity"), alert.toString());
    }

    @Test
    @Fires("BACKUP_INCOMPLETE")
    void backupOfTooFewBytesIsIncomplete() {
        awaitOfLink("BACKUP_INCOMPLETE", "trouble-incomplete");
    }

    @Test
    @Fires("BACKUP_BLOCKED")
    void backupThatIsDroppedIsBlocked() {
        awaitOfLink("BACKUP_BLOCKED", "trouble-backup");
    }

    @Test
    @Fires("MIGRATION_BLOCKED")
    void migrationThatIsDroppedIsBlocked() {
        awaitOfLink("MIGRATION_BLOCKED", "trouble-migration");
    }

    @Test
    @Fires("SERVICE_BLOCKED")
    void serviceThatWorkedAndIsDroppedIsBlocked() {
        Map<String, Object> alert =
                await(
                        "SERVICE_BLOCKED",
                        each -> Troubles.ASKER.equals(subject(each).get("client")));
        assertEquals("warning", alert.get("severity"), alert.toString());
    }

    @Test
    @Fires("LINK_NEVER_SEEN")
    void linkThatNobodyUsesIsNeverSeen() {
        awaitOfLink("LINK_NEVER_SEEN", "trouble-unborn");
    }

    @Test
    @Fires("FAN_IN")
    void moreStrangersThanCanBeNamedAreOneAlertOfTheirServer() {
        Map<String, Object> alert = await("FAN_IN", each -> true);
        assertEquals(Troubles.CROWDED, subject(alert).get("server"), alert.toString());
        assertEquals(List.of(), all().alerts(Troubles::isOfAVisitor), "and none of each client");
    }

    @Test
    @Fires("TELEMETRY_GAP")
    void exportOfWhichTwoThirdsAreLostIsAGap() {
        Map<String, Object> alert = awaitOfExporter("TELEMETRY_GAP", LabIT.lab.gapAddress());
        double part = Told.number(alert, "count") / (double) Told.number(alert, "packets");
        assertTrue(part > 0.5 && part < 0.8, part + " of " + alert);
    }

    @Test
    @Fires("TELEMETRY_UNREADABLE")
    void exportWithoutTemplatesIsUnreadable() {
        awaitOfExporter("TELEMETRY_UNREADABLE", LabIT.lab.unreadableAddress());
    }

    @Test
    @Fires("CLOCK_SKEW")
    void exporterThatIsTwoHoursAheadHasASkewedClock() {
        awaitOfExporter("CLOCK_SKEW", LabIT.lab.skewedAddress());
    }

    @Test
    @Fires("UNKNOWN_EXPORTER")
    void exporterThatNoSiteListsIsUnknown() {
        awaitOfExporter("UNKNOWN_EXPORTER", LabIT.lab.unknownAddress());
    }

    @Test
    @Order(LAST - 1)
    @Fires("REPLICATION_STALLED")
    void replicationOfTooFewBytesIsStalled() {
        awaitOfLink("REPLICATION_STALLED", "trouble-stalled");
    }

    @Test
    @Order(LAST)
    void nothingElseWasToldAndWhatIsPutRightIsResolved() throws IOException, InterruptedException {
        Set<Object> repaired = new HashSet<>();
        for (Map<String, Object> alert : all().alerts(LabIT.troubles::isOurs)) {
            assertTrue(Troubles.isTrue(alert), () -> "false: " + alert);
            if (Set.of(
                            "HEARTBEAT_DEGRADED",
                            "HEARTBEAT_BLOCKED",
                            "RPO_AT_RISK",
                            "PATH_LOST",
                            "BACKUP_BLOCKED",
                            "MIGRATION_BLOCKED",
                            "SERVICE_BLOCKED",
                            "LINK_NEVER_SEEN")
                    .contains(alert.get("kind"))) {
                repaired.add(alert.get("id"));
            }
        }
        LabIT.troubles.end();
        for (Object id : repaired) {
            all().awaitAlert("the end of " + id, resolved(id));
            LabIT.alertmanager.awaitResolved(id.toString());
        }
    }

    private static Told all() {
        return Told.fromTheBeginning(LabIT.feed);
    }

    private static Map<String, Object> awaitOfLink(String kind, String link) {
        return await(kind, alert -> link.equals(subject(alert).get("link")));
    }

    private static Map<String, Object> awaitOfExporter(String kind, String exporter) {
        return await(kind, alert -> exporter.equals(subject(alert).get("exporter")));
    }

    /** One alert, which a real Alertmanager got, too. */
    private static Map<String, Object> await(String kind, Predicate<Map<String, Object>> which) {
        Map<String, Object> alert = all().awaitAlert(kind, opened(kind).and(which));
        LabIT.alertmanager.awaitFiring(alert.get("id").toString());
        assertEquals(
                1,
                all().alerts(opened(kind).and(which)).stream()
                        .map(each -> each.get("id"))
                        .collect(toSet())
                        .size(),
                () -> "one incident, one alert: " + all().alerts(which));
        return alert;
    }

    private static Map<String, Object> subject(Map<String, Object> alert) {
        return Json.object(alert.get("subject"));
    }
}
