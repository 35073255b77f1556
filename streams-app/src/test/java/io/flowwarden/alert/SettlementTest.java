package io.flowwarden.alert;

import static io.flowwarden.alert.Estates.LYON;
import static io.flowwarden.alert.Estates.PARIS;
import static io.flowwarden.alert.SettleTimeline.time;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Action;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final String HOST = "10.1.10.11";
    private static final String VCENTER = "10.1.20.2";
    private static final String VR = "10.2.20.5";

    private SettleTimeline day = both(new SettleTimeline(Estates.twoSites()));

    private static SettleTimeline both(SettleTimeline timeline) {
        return timeline.at("00:01").source(PARIS, "10.1.255.1").source(LYON, "10.2.255.1");
    }

    @Test
    void aHostThatEveryWitnessLostIsMissingOnceAndComesBack() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER).expectNothing();
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03");
        Alert missing = day.expect("HEARTBEAT_MISSING", "OPEN");
        assertEquals("critical", missing.getSeverity());
        assertEquals(HOST, missing.getSubject().getClient());
        assertEquals(time("00:03"), missing.getLastGood());
        assertEquals(time("00:04"), missing.getOpenedAt());
        assertTrue(missing.getExplanation().contains(PARIS), missing.getExplanation());
        day.at("00:10").sees(PARIS, "beats", HOST, VCENTER);
        Alert over = day.expect("HEARTBEAT_MISSING", "RESOLVED");
        assertEquals(missing.getId(), over.getId());
        assertEquals(time("00:10"), over.getResolvedAt());
        day.at("00:14").lost(PARIS, "beats", HOST, VCENTER, "00:13");
        Alert again = day.expect("HEARTBEAT_MISSING", "OPEN");
        assertEquals(missing.getKey(), again.getKey());
        assertNotEquals(missing.getId(), again.getId());
    }

    @Test
    void whileAnotherWitnessStillSeesItNothingIsMissing() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER).sees(LYON, "beats", HOST, VCENTER);
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03").expectNothing();
        assertEquals(1, day.settlement().pending());
        day.at("00:05").lost(LYON, "beats", HOST, VCENTER, "00:03");
        day.expect("HEARTBEAT_MISSING", "OPEN");
        assertEquals(0, day.settlement().pending());
    }

    @Test
    void anExporterThatDiesIsOneAlertAndItsMembersAreNotMissing() {
        for (int host = 0; host < 200; host++) {
            day.at("00:02").sees(PARIS, "beats", "10.1.10." + host, VCENTER);
        }
        day.at("00:10").silent(PARIS, "10.1.255.1");
        day.expect("TELEMETRY_LOST", "OPEN");
        day.expectNothing();
        day.at("00:30").alive(PARIS, "10.1.255.1");
        day.expect("TELEMETRY_LOST", "RESOLVED");
        day.expectNothing();
    }

    @Test
    void aHostThatReportsItsOwnFlowsIsMissingWhenItFallsSilentAndExplainsThat() {
        String own = "netflow/" + HOST + "/0";
        day.at("00:02").source(own, HOST).sees(own, "beats", HOST, VCENTER);
        day.at("00:10").silent(own, HOST);
        Alert telemetry = day.expect("TELEMETRY_LOST", "OPEN");
        assertNull(telemetry.getCause());
        day.at("00:10:59").expectNothing();
        day.at("00:11:01");
        Alert missing = day.expect("HEARTBEAT_MISSING", "OPEN");
        assertTrue(
                missing.getExplanation().contains("host and its telemetry both silent"),
                missing.getExplanation());
        assertEquals(time("00:11"), missing.getOpenedAt());
        Alert child = day.expect("TELEMETRY_LOST", "OPEN");
        assertEquals(telemetry.getId(), child.getId());
        assertEquals(missing.getId(), child.getCause());
        day.at("00:30").alive(own, HOST);
        day.expect("HEARTBEAT_MISSING", "RESOLVED");
        day.expect("TELEMETRY_LOST", "RESOLVED");
        day.at("00:31").expectNothing();
    }

    @Test
    void aHostThatAnotherStillSeesHasLostItsTelemetryOnly() {
        String own = "netflow/" + HOST + "/0";
        day.at("00:02").source(own, HOST).sees(own, "beats", HOST, VCENTER);
        day.sees(PARIS, "beats", HOST, VCENTER);
        day.at("00:10").silent(own, HOST);
        day.expect("TELEMETRY_LOST", "OPEN");
        day.at("00:20").expectNothing();
        day.lost(PARIS, "beats", HOST, VCENTER, "00:18");
        Alert missing = day.expect("HEARTBEAT_MISSING", "OPEN");
        assertTrue(
                missing.getExplanation().contains("host and its telemetry both silent"),
                missing.getExplanation());
        assertEquals(missing.getId(), day.expect("TELEMETRY_LOST", "OPEN").getCause());
    }

    @Test
    void aHostThatIsMissingAlreadyExplainsThatItsTelemetryStops() {
        String own = "netflow/" + HOST + "/0";
        day.at("00:02").source(own, HOST).sees(own, "beats", HOST, VCENTER);
        day.at("00:04").lost(own, "beats", HOST, VCENTER, "00:03");
        Alert missing = day.expect("HEARTBEAT_MISSING", "OPEN");
        day.at("00:10").silent(own, HOST);
        assertEquals(missing.getId(), day.expect("TELEMETRY_LOST", "OPEN").getCause());
    }

    @Test
    void hostsWhoseRecordsStopTogetherWithAllOfTheirSideAreNotMissing() {
        String own = "netflow/" + HOST + "/0";
        String other = "netflow/10.1.10.12/0";
        var estate = new ArrayList<>(Estates.twoSites());
        estate.add(Estates.side(own, "paris"));
        estate.add(Estates.side(other, "paris"));
        day = both(new SettleTimeline(estate));
        day.at("00:02").source(own, HOST).sees(own, "beats", HOST, VCENTER);
        day.source(other, "10.1.10.12").sees(other, "beats", "10.1.10.12", VCENTER);
        day.at("00:10").silent(own, HOST);
        day.at("00:10:01").silent(other, "10.1.10.12").silent(PARIS, "10.1.255.1");
        day.expect("TELEMETRY_LOST", "OPEN");
        day.expect("TELEMETRY_LOST", "OPEN");
        day.expect("TELEMETRY_LOST", "OPEN");
        day.at("01:10").expectNothing();
    }

    @Test
    void aSilentSourceThatLosesItsPlaceIsNoAlertForEver() {
        String stranger = "netflow/192.0.2.1/0";
        day.at("00:02").source(stranger, "192.0.2.1");
        day.at("00:10").silent(stranger, "192.0.2.1");
        day.expect("TELEMETRY_LOST", "OPEN");
        day.at("00:20").forgotten(stranger, "192.0.2.1", "TELEMETRY_LOST");
        day.expect("TELEMETRY_LOST", "RESOLVED");
        assertFalse(day.memory.entries.keySet().stream().anyMatch(k -> k.contains("192.0.2.1")));
    }

    @Test
    void anExporterThatASiteListsStaysLostUntilItIsNewAgain() {
        day.at("00:10").silent(PARIS, "10.1.255.1");
        String id = day.expect("TELEMETRY_LOST", "OPEN").getId();
        day.at("00:20").forgotten(PARIS, "10.1.255.1", "TELEMETRY_LOST").expectNothing();
        day.at("09:00").source(PARIS, "10.1.255.1");
        assertEquals(id, day.expect("TELEMETRY_LOST", "RESOLVED").getId());
    }

    @Test
    void anExporterThatNeverSentIsLostUntilItsFirstRecordOrUntilNoSiteListsIt() {
        day = new SettleTimeline(Estates.twoSites());
        day.at("00:11");
        Alert first = day.expect("TELEMETRY_LOST", "OPEN");
        Alert second = day.expect("TELEMETRY_LOST", "OPEN");
        day.at("00:20").source(PARIS, "10.1.255.1");
        assertEquals(
                "10.1.255.1", day.expect("TELEMETRY_LOST", "RESOLVED").getSubject().getExporter());
        day.at("00:30").estate(List.of(), "empty");
        Alert last = day.expect("TELEMETRY_LOST", "RESOLVED");
        assertEquals("10.2.255.1", last.getSubject().getExporter());
        assertTrue(List.of(first.getId(), second.getId()).contains(last.getId()));
    }

    @Test
    void whatAForgottenSourceSawHoldsNobodyUpAndEndsNothing() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER).sees(LYON, "beats", HOST, VCENTER);
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03").expectNothing();
        day.at("00:05").forgotten(LYON, "10.2.255.1");
        Alert missing = day.expect("HEARTBEAT_MISSING", "OPEN");
        // It comes back without having seen the member: it has no say.
        day.at("00:06").source(LYON, "10.2.255.1").expectNothing();
        day.at("00:07").forgotten(PARIS, "10.1.255.1").source(PARIS, "10.1.255.1");
        day.at("00:20").expectNothing();
        day.sees(PARIS, "beats", HOST, VCENTER);
        assertEquals(missing.getId(), day.expect("HEARTBEAT_MISSING", "RESOLVED").getId());
    }

    @Test
    void aMemberThatIsForgottenWhileItIsMissingIsNotSeenAgain() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER);
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03");
        Alert missing = day.expect("HEARTBEAT_MISSING", "OPEN");
        day.at("00:05").forgets(PARIS, "beats", HOST, VCENTER).expectNothing();
        day.settlement().passTo(time("00:04") + 7L * 24 * 3_600_000);
        day.expectOnly("LINK_NEVER_SEEN");
        day.settlement().passTo(time("00:06") + 7L * 24 * 3_600_000);
        Alert over = day.expect("HEARTBEAT_MISSING", "RESOLVED");
        assertEquals(missing.getId(), over.getId());
        assertTrue(over.getExplanation().contains("no source has kept track"));
        assertFalse(day.memory.entries.keySet().stream().anyMatch(k -> k.startsWith("m/")));
    }

    @Test
    void aMemberThatIsForgottenWhileItIsWellLeavesNothing() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER);
        day.at("00:05").forgets(PARIS, "beats", HOST, VCENTER).expectNothing();
        assertFalse(day.memory.entries.keySet().stream().anyMatch(k -> k.startsWith("m/")));
    }

    @Test
    void aMissingMemberOfASourceThatLostItsPlaceEndsInAWeek() {
        day.at("00:02").sees(PARIS, "across", HOST, "10.2.20.2");
        day.at("00:04").lost(PARIS, "across", HOST, "10.2.20.2", "00:03");
        day.expect("HEARTBEAT_MISSING", "OPEN");
        day.at("00:15").forgotten(PARIS, "10.1.255.1");
        day.at("23:00").expectNothing();
        day.settlement().passTo(time("00:17") + 7L * 24 * 3_600_000);
        day.expect("HEARTBEAT_MISSING", "RESOLVED");
    }

    @Test
    void aMemberThatNoLongerBelongsToTheLinkIsNotMissing() {
        day.at("00:02").sees(PARIS, "beats", "10.1.10.12", VCENTER);
        day.at("00:04").lost(PARIS, "beats", "10.1.10.12", VCENTER, "00:03");
        day.expect("HEARTBEAT_MISSING", "OPEN");
        day.at("00:05").estate(Estates.withBeatsOf(List.of(HOST)), "smaller").expectNothing();
        day.forgets(PARIS, "beats", "10.1.10.12", VCENTER);
        Alert over = day.expect("HEARTBEAT_MISSING", "RESOLVED");
        assertTrue(over.getExplanation().contains("no longer belongs"), over.getExplanation());
    }

    @Test
    void aPairOfSitesThatOnlyAForgottenSourceHadLostIsOver() {
        day.at("00:02").pair(PARIS, "paris", "lyon", "SEES", "00:02");
        day.at("00:06").pair(PARIS, "paris", "lyon", "LOST", "00:05");
        day.expect("PATH_LOST", "OPEN");
        day.at("00:10").forgotten(PARIS, "10.1.255.1");
        day.expect("PATH_LOST", "RESOLVED");
    }

    @Test
    void whenOneWitnessFallsSilentTheOthersDecideAlone() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER).sees(LYON, "beats", HOST, VCENTER);
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03").expectNothing();
        day.at("00:05").silent(LYON, "10.2.255.1");
        assertEquals(
                List.of("HEARTBEAT_MISSING", "TELEMETRY_LOST"),
                List.of(
                        day.expect("HEARTBEAT_MISSING", "OPEN").getKind(),
                        day.expect("TELEMETRY_LOST", "OPEN").getKind()));
    }

    private static final String SELDOM = "x....... ...x.... .x......";
    private static final String OTHERS = ".x.x.x.. .x...x.x x..x..x.";

    @Test
    void beatsThatEverySourceSeesTooSeldomAreDegradedUntilOneSeesThemWell() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER).sees(LYON, "beats", HOST, VCENTER);
        day.at("00:10").beats(PARIS, "LOW", HOST, "00:09", SELDOM).expectNothing();
        day.at("00:10:30").beats(LYON, "LOW", HOST, "00:09", SELDOM);
        Alert degraded = day.expect("HEARTBEAT_DEGRADED", "OPEN");
        assertEquals("warning", degraded.getSeverity());
        day.at("00:12").beats(LYON, "WELL", HOST, "00:11", OTHERS);
        assertEquals(degraded.getId(), day.expect("HEARTBEAT_DEGRADED", "RESOLVED").getId());
    }

    @Test
    void beatsThatASourceWhichSaysNothingOfThemSeesAreNotDegraded() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER).sees(LYON, "beats", HOST, VCENTER);
        day.at("00:10").beats(PARIS, "LOW", HOST, "00:09", SELDOM);
        day.at("00:11").beats(PARIS, "LOW", HOST, "00:10", SELDOM).expectNothing();
    }

    @Test
    void beatsOverSharedPathsAreCountedTogetherThoughOneSourceIsBehind() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER).sees(LYON, "beats", HOST, VCENTER);
        day.at("00:10").beats(PARIS, "LOW", HOST, "00:08", OTHERS);
        // Its newest deadline is one that the other one has not told of yet.
        day.at("00:10:30").beats(LYON, "LOW", HOST, "00:09", OTHERS + " ........").expectNothing();
    }

    @Test
    void aSampledSourceNeitherSaysNorHidesThatBeatsAreSeldom() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER).sees(LYON, "beats", HOST, VCENTER);
        day.at("00:03").sampled(LYON, "10.2.255.1");
        day.at("00:10").beats(PARIS, "LOW", HOST, "00:09", SELDOM);
        day.expect("HEARTBEAT_DEGRADED", "OPEN");
        day = both(new SettleTimeline(Estates.twoSites()));
        day.at("00:02").sees(LYON, "beats", HOST, VCENTER).sampled(LYON, "10.2.255.1");
        day.at("00:10").beats(LYON, "LOW", HOST, "00:09", SELDOM).expectNothing();
    }

    @Test
    void degradedThenMissingThenSeenAgainIsOverAsAWhole() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER);
        day.at("00:10").beats(PARIS, "LOW", HOST, "00:09", SELDOM);
        String id = day.expect("HEARTBEAT_DEGRADED", "OPEN").getId();
        day.at("00:12").lost(PARIS, "beats", HOST, VCENTER, "00:10");
        assertEquals(id, day.expect("HEARTBEAT_MISSING", "OPEN").getId());
        day.at("00:20").sees(PARIS, "beats", HOST, VCENTER);
        assertEquals(id, day.expect("HEARTBEAT_MISSING", "RESOLVED").getId());
    }

    @Test
    void seenAtTheStartAndLostAtTheEndThePathIsLost() {
        day.at("00:02").sees(PARIS, "dr", null, null).sees(LYON, "dr", null, null);
        day.at("00:30").lost(LYON, "dr", null, null, "00:07").expectNothing();
        day.at("00:36");
        Alert lost = day.expect("PATH_LOST", "OPEN");
        assertTrue(
                lost.getTitle().contains("leaves paris, stopped arriving at lyon"),
                lost.getTitle());
        day.at("00:40").sees(LYON, "dr", null, null);
        day.expect("PATH_LOST", "RESOLVED");
    }

    @Test
    void thoseAtTheStartWhoLoseItLaterHaveNotSeenItLeave() {
        day.at("00:02").sees(PARIS, "dr", null, null).sees(LYON, "dr", null, null);
        day.at("00:30").lost(LYON, "dr", null, null, "00:07").expectNothing();
        day.at("00:31").lost(PARIS, "dr", null, null, "00:07");
        day.expect("RPO_AT_RISK", "OPEN");
        day.at("00:50").expectNothing();
    }

    @Test
    void aWitnessThatIsBackHasNotSeenTheMemberYet() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER).sees(LYON, "beats", HOST, VCENTER);
        day.at("00:03").silent(LYON, "10.2.255.1");
        day.expect("TELEMETRY_LOST", "OPEN");
        day.at("00:06").lost(PARIS, "beats", HOST, VCENTER, "00:05");
        Alert missing = day.expect("HEARTBEAT_MISSING", "OPEN");
        day.at("00:10").alive(LYON, "10.2.255.1");
        day.expect("TELEMETRY_LOST", "RESOLVED");
        day.at("00:11").lost(LYON, "beats", HOST, VCENTER, "00:03").expectNothing();
        day.at("00:20").updates().sees(LYON, "beats", HOST, VCENTER);
        assertEquals(missing.getId(), day.expect("HEARTBEAT_MISSING", "RESOLVED").getId());
    }

    @Test
    void whenItComesBackThePathWasNotLost() {
        day.at("00:02").sees(PARIS, "dr", null, null).sees(LYON, "dr", null, null);
        day.at("00:30").lost(LYON, "dr", null, null, "00:07");
        day.lost(PARIS, "dr", null, null, "00:07");
        day.expect("RPO_AT_RISK", "OPEN");
        day.at("00:50").sees(PARIS, "dr", null, null).expectNothing();
        day.at("00:51").sees(LYON, "dr", null, null);
        day.expect("RPO_AT_RISK", "RESOLVED");
        day.at("01:00").expectNothing();
    }

    @Test
    void whatWasMissedBeforeThePairIsExplainedByIt() {
        day.at("00:02").sees(PARIS, "dr", null, null).pair(PARIS, "paris", "lyon", "SEES", "00:02");
        day.sees(PARIS, "across", HOST, "10.2.20.2");
        day.at("00:06").lost(PARIS, "across", HOST, "10.2.20.2", "00:05");
        assertNull(day.expect("HEARTBEAT_MISSING", "OPEN").getCause());
        day.at("00:07").pair(PARIS, "paris", "lyon", "LOST", "00:05");
        Alert cause = day.expect("PATH_LOST", "OPEN");
        assertEquals(cause.getId(), day.expect("HEARTBEAT_MISSING", "OPEN").getCause());
        day.expectNothing();
    }

    @Test
    void blockedGoesBeforeSilentAndItStaysOneIncident() {
        day.at("00:02").sees(PARIS, "dr", null, null);
        day.at("00:10").blocked(PARIS, "dr", HOST, VR, "UNANSWERED");
        Alert blocked = day.expect("REPLICATION_BLOCKED", "OPEN");
        assertTrue(blocked.getExplanation().contains("SYN unanswered"), blocked.getExplanation());
        assertTrue(blocked.getExplanation().contains("RPO"), blocked.getExplanation());
        day.at("00:32").lost(PARIS, "dr", null, null, "00:09").expectNothing();
        day.at("00:50").updates().attempt(PARIS, "dr", HOST, VR, "CLEAR", "STOPPED");
        Alert silent = day.expect("RPO_AT_RISK", "OPEN");
        assertEquals(blocked.getId(), silent.getId());
        assertEquals(List.of("REPLICATION_BLOCKED"), silent.getPreviousKinds());
        day.at("00:55").sees(PARIS, "dr", null, null);
        assertEquals(blocked.getId(), day.expect("RPO_AT_RISK", "RESOLVED").getId());
        day.expectNothing();
    }

    @Test
    void rejectedHasItsOwnExplanation() {
        day.at("00:10").blocked(PARIS, "dr", HOST, VR, "REFUSED");
        Alert blocked = day.expect("REPLICATION_BLOCKED", "OPEN");
        assertEquals("REFUSED", blocked.getReason());
        assertTrue(blocked.getExplanation().contains("reset"), blocked.getExplanation());
        day.at("00:11").attempt(PARIS, "dr", HOST, VR, "CLEAR", "PAYLOAD");
        day.expect("REPLICATION_BLOCKED", "RESOLVED");
    }

    @Test
    void whatAnotherSourceSawWorkIsNotBlocked() {
        String pair = HOST + ">" + VR;
        day.at("00:09").minute(PARIS, "dr", "00:07", 5_000_000, List.of(pair));
        day.minute(LYON, "dr", "00:07", 5_000_000, List.of(pair));
        day.at("00:10").blocked(PARIS, "dr", HOST, VR, "UNANSWERED").expectNothing();
        day.at("00:12").minute(LYON, "dr", "00:09", 5_000_000, List.of(pair)).expectNothing();
    }

    @Test
    void whatAnotherSourceDidNotSeeWorkIsBlocked() {
        day.at("00:09").minute(PARIS, "dr", "00:07", 5_000_000, List.of());
        day.minute(LYON, "dr", "00:07", 5_000_000, List.of());
        day.at("00:10").blocked(PARIS, "dr", HOST, VR, "UNANSWERED").expectNothing();
        day.at("00:12").minute(LYON, "dr", "00:09", 0, List.of());
        day.minute(LYON, "dr", "00:10", 0, List.of());
        day.expect("REPLICATION_BLOCKED", "OPEN");
    }

    @Test
    void tooFewBytesInThreeMinutesOnEndIsStalled() {
        for (int minute = 0; minute < 30; minute++) {
            long bytes = minute < 16 ? 100_000 : 10;
            day.at("00:%02d:30".formatted(minute + 2))
                    .minute(PARIS, "dr", "00:%02d".formatted(minute + 1), bytes, List.of());
        }
        Alert stalled = day.expect("REPLICATION_STALLED", "OPEN");
        assertTrue(stalled.getBytes() < 1_000_000);
        day.at("00:35").updates().minute(PARIS, "dr", "00:31", 2_000_000, List.of());
        day.expect("REPLICATION_STALLED", "RESOLVED");
    }

    @Test
    void aBackupThatDoesNotBeginIsLateThenMissedAndTheNextNightEndsIt() {
        backupMinutes(0, 59, 0);
        backupMinutes(60, 74, 0);
        Alert late = day.expect("BACKUP_LATE", "OPEN");
        assertEquals(time("01:15"), late.getOpenedAt());
        backupMinutes(75, 119, 0);
        Alert missed = day.expect("BACKUP_MISSED", "OPEN");
        assertEquals("critical", missed.getSeverity());
        assertEquals(List.of("BACKUP_LATE"), missed.getPreviousKinds());
        backupMinutes(120, 200, 0);
        day.expectNothing();
    }

    @Test
    void aBackupWithTooFewBytesIsIncompleteOneWithEnoughIsNot() {
        backupMinutes(0, 64, 0);
        backupMinutes(65, 66, 100);
        backupMinutes(67, 119, 0);
        day.expect("BACKUP_INCOMPLETE", "OPEN");
        day = both(new SettleTimeline(Estates.twoSites()));
        backupMinutes(0, 64, 0);
        backupMinutes(65, 66, 1000);
        backupMinutes(67, 200, 0);
        day.expectNothing();
    }

    @Test
    void aFewMinutesThatNobodyWatchedDoNotHideThatABackupDidNotHappen() {
        backupMinutes(0, 69, 0);
        backupMinutes(74, 98, 0);
        day.expectNothing();
        backupMinutes(99, 100, 0);
        day.expect("BACKUP_LATE", "OPEN");
        backupMinutes(101, 119, 0);
        day.expect("BACKUP_MISSED", "OPEN");
        day.expectNothing();
    }

    @Test
    void aBackupThatMayHaveRunWhileNobodyWatchedIsNotMissedNorIncomplete() {
        backupMinutes(0, 69, 0);
        backupMinutes(80, 200, 0);
        day.expectNothing();
        day = both(new SettleTimeline(Estates.twoSites()));
        backupMinutes(0, 64, 0);
        backupMinutes(65, 66, 100);
        backupMinutes(68, 200, 0);
        day.expectNothing();
    }

    private void backupMinutes(int from, int to, long bytes) {
        for (int m = from; m <= to; m++) {
            day.at("%02d:%02d:59".formatted((m + 1) / 60, (m + 1) % 60))
                    .minute(
                            PARIS,
                            "nightly",
                            "%02d:%02d".formatted(m / 60, m % 60),
                            bytes,
                            List.of());
        }
    }

    @Test
    void aLinkIsNeverSeenOnceEveryLivingSourceThatCouldHasLooked() {
        day.at("00:10").unseen(PARIS, "dr", "00:01").expectNothing();
        day.at("00:20").unseen(LYON, "dr", "00:01");
        Alert never = day.expect("LINK_NEVER_SEEN", "OPEN");
        assertEquals(2, never.getWitnesses().size());
        day.at("00:30").sees(PARIS, "dr", null, null);
        day.expect("LINK_NEVER_SEEN", "RESOLVED");
    }

    @Test
    void theRouterBetweenTheSitesIsTheCauseOfItsChildren() {
        for (int host = 1; host <= 5; host++) {
            day.at("00:02").sees(PARIS, "across", "10.1.10." + host, "10.2.20.2");
        }
        day.at("00:06").pair(PARIS, "paris", "lyon", "LOST", "00:05");
        Alert cause = day.expect("PATH_LOST", "OPEN");
        for (int host = 1; host <= 5; host++) {
            day.lost(PARIS, "across", "10.1.10." + host, "10.2.20.2", "00:05");
            assertEquals(cause.getId(), day.expect("HEARTBEAT_MISSING", "OPEN").getCause());
        }
        day.at("00:20").pair(PARIS, "paris", "lyon", "SEES", "00:20");
        assertEquals(cause.getId(), day.expect("PATH_LOST", "RESOLVED").getId());
    }

    @Test
    void maintenanceKeepsItQuietUntilItsEnd() {
        var estate = new ArrayList<>(Estates.twoSites());
        estate.add(Estates.quiet("beats", "00:00", "01:00"));
        day = both(new SettleTimeline(estate));
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER);
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03").expectNothing();
        day.at("00:10").sees(PARIS, "beats", HOST, VCENTER).expectNothing();
        day.at("00:20").lost(PARIS, "beats", HOST, VCENTER, "00:19").expectNothing();
        day.at("00:31").expectNothing();
        day.at("01:00:01");
        Alert revealed = day.expect("HEARTBEAT_MISSING", "OPEN");
        assertEquals(time("00:20"), revealed.getOpenedAt());
    }

    @Test
    void whatWasOpenBeforeTheMaintenanceEndsInIt() {
        var estate = new ArrayList<>(Estates.twoSites());
        estate.add(Estates.quiet("beats", "00:10", "01:00"));
        day = both(new SettleTimeline(estate));
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER);
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03");
        String id = day.expect("HEARTBEAT_MISSING", "OPEN").getId();
        day.at("00:20").sees(PARIS, "beats", HOST, VCENTER);
        assertEquals(id, day.expect("HEARTBEAT_MISSING", "RESOLVED").getId());
    }

    @Test
    void whatHappensAndEndsInMaintenanceLeavesTheNextOneItsAlert() {
        var estate = new ArrayList<>(Estates.twoSites());
        estate.add(Estates.quiet("beats", "00:00", "01:00"));
        day = both(new SettleTimeline(estate));
        for (int minute = 2; minute < 58; minute += 4) {
            day.at("00:%02d".formatted(minute)).sees(PARIS, "beats", HOST, VCENTER);
            day.at("00:%02d".formatted(minute + 2)).lost(PARIS, "beats", HOST, VCENTER, "00:01");
        }
        day.at("00:59").sees(PARIS, "beats", HOST, VCENTER).expectNothing();
        day.at("01:00:30").expectNothing();
        day.at("01:02").lost(PARIS, "beats", HOST, VCENTER, "01:01");
        assertEquals(time("01:02"), day.expect("HEARTBEAT_MISSING", "OPEN").getOpenedAt());
    }

    @Test
    void aLinkThatIsTakenOutOfTheEstateEndsItsAlertsAndLeavesNothing() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER);
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03");
        day.expect("HEARTBEAT_MISSING", "OPEN");
        day.blocked(PARIS, "dr", HOST, VR, "UNANSWERED");
        day.expect("REPLICATION_BLOCKED", "OPEN");
        var without = new ArrayList<>(Estates.twoSites());
        without.removeIf(entry -> entry.getName().equals("beats"));
        day.at("00:05").estate(without, "smaller");
        Alert over = day.expect("HEARTBEAT_MISSING", "RESOLVED");
        assertTrue(over.getExplanation().contains("no longer in the estate"));
        day.lost(PARIS, "beats", HOST, VCENTER, "00:03").expectNothing();
        assertFalse(day.memory.entries.keySet().stream().anyMatch(k -> k.contains("/beats")));
    }

    @Test
    void theLastSourceToFallSilentIsCriticalAndTheOneBeforeIsNot() {
        day.at("00:10").silent(PARIS, "10.1.255.1");
        assertEquals("warning", day.expect("TELEMETRY_LOST", "OPEN").getSeverity());
        day.at("00:11").silent(LYON, "10.2.255.1");
        assertEquals("critical", day.expect("TELEMETRY_LOST", "OPEN").getSeverity());
    }

    @Test
    void aMutedAlertStillEnds() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER);
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03");
        Alert open = day.expect("HEARTBEAT_MISSING", "OPEN");
        day.settlement().act(action(open, "MUTE", time("09:00")));
        day.expect("HEARTBEAT_MISSING", "OPEN");
        day.at("00:10").sees(PARIS, "beats", HOST, VCENTER);
        day.expect("HEARTBEAT_MISSING", "RESOLVED");
        // Muted by key: the next one is told as muted, and is told.
        day.at("00:20").lost(PARIS, "beats", HOST, VCENTER, "00:19");
        assertEquals("anna: because", day.expect("HEARTBEAT_MISSING", "OPEN").getMutedBy());
    }

    @Test
    void aChildEndsByItselfAndOutlivesItsCauseWhileItIsStillWrong() {
        for (int host = 1; host <= 2; host++) {
            day.at("00:02").sees(PARIS, "across", "10.1.10." + host, "10.2.20.2");
        }
        day.at("00:06").pair(PARIS, "paris", "lyon", "LOST", "00:05");
        day.expect("PATH_LOST", "OPEN");
        day.lost(PARIS, "across", "10.1.10.1", "10.2.20.2", "00:05");
        day.lost(PARIS, "across", "10.1.10.2", "10.2.20.2", "00:05");
        day.expect("HEARTBEAT_MISSING", "OPEN");
        String slow = day.expect("HEARTBEAT_MISSING", "OPEN").getId();
        // Each child by its own sighting, the cause by its own.
        day.at("00:10").sees(PARIS, "across", "10.1.10.1", "10.2.20.2");
        day.expect("HEARTBEAT_MISSING", "RESOLVED");
        day.at("00:11").pair(PARIS, "paris", "lyon", "SEES", "00:11");
        day.expect("PATH_LOST", "RESOLVED");
        day.at("00:40").updates().expectNothing();
        day.sees(PARIS, "across", "10.1.10.2", "10.2.20.2");
        assertEquals(slow, day.expect("HEARTBEAT_MISSING", "RESOLVED").getId());
    }

    @Test
    void afterTheCrowdIsOverOneFlowIsAnAlertAgain() {
        day.at("00:05").overflow("203.0.113.9", 70);
        day.expect("FAN_OUT", "OPEN");
        day.at("00:20").unexpected("203.0.113.9", HOST, 902, "UNKNOWN_PEER");
        day.at("01:30").updates();
        day.expect("FAN_OUT", "RESOLVED");
        day.at("01:40").unexpected("203.0.113.9", HOST, 902, "UNKNOWN_PEER");
        day.at("01:41");
        day.expect("UNEXPECTED_FLOW", "OPEN");
    }

    @Test
    void oneUnexpectedFlowIsAnAlertAfterAMomentAndEndsAfterAnHour() {
        day.at("00:05").unexpected("203.0.113.9", HOST, 902, "UNKNOWN_PEER").expectNothing();
        day.at("00:05:11");
        Alert flow = day.expect("UNEXPECTED_FLOW", "OPEN");
        assertEquals("nearest", flow.getNearestRule());
        day.at("01:04").unexpected("203.0.113.9", HOST, 902, "UNKNOWN_PEER");
        day.at("01:30").updates().expectNothing();
        day.at("02:05");
        assertEquals(flow.getId(), day.expect("UNEXPECTED_FLOW", "RESOLVED").getId());
    }

    @Test
    void aSweepIsOneFanOutAndNothingElse() {
        for (int host = 1; host < 200; host++) {
            day.at("00:05:0" + host / 40)
                    .unexpected("203.0.113.9", "10.2.0." + host, 22, "UNKNOWN_SERVICE");
        }
        day.overflow("203.0.113.9", 65);
        day.at("00:30");
        day.expect("FAN_OUT", "OPEN");
        List<String> kinds = day.changes.stream().map(Alert::getKind).distinct().toList();
        assertEquals(List.of("FAN_OUT"), kinds);
        assertEquals(1, day.changes.stream().map(Alert::getId).distinct().count());
        day.at("02:30");
        assertEquals("RESOLVED", day.changes.get(day.changes.size() - 1).getState());
        assertFalse(day.memory.entries.keySet().stream().anyMatch(k -> k.startsWith("h/")));
        assertFalse(day.memory.entries.keySet().stream().anyMatch(k -> k.startsWith("f/")));
    }

    @Test
    void aCrowdAtAServerIsOneFanInThatExplainsTheClientsToldBefore() {
        day.at("00:05").unexpected("203.0.113.1", HOST, 22, "UNKNOWN_SERVICE");
        day.at("00:05:30");
        Alert first = day.expect("UNEXPECTED_FLOW", "OPEN");
        for (int client = 2; client <= 64; client++) {
            day.at("00:06").unexpected("203.0.113." + client, HOST, 22, "UNKNOWN_SERVICE");
        }
        day.crowded(HOST, 65);
        Alert crowd = day.expect("FAN_IN", "OPEN");
        assertEquals(HOST, crowd.getSubject().getServer());
        Alert explained = day.expect("UNEXPECTED_FLOW", "OPEN");
        assertEquals(first.getId(), explained.getId());
        assertEquals(crowd.getId(), explained.getCause());
        // One more of those who were named goes on, and one calls on somebody else.
        day.at("00:20").unexpected("203.0.113.7", HOST, 22, "UNKNOWN_SERVICE");
        day.at("00:21").unexpected("203.0.113.8", "10.1.10.77", 22, "UNKNOWN_SERVICE");
        day.at("00:30");
        assertEquals("10.1.10.77", day.expect("UNEXPECTED_FLOW", "OPEN").getSubject().getServer());
        day.expectNothing();
        day.at("00:50").crowded(HOST, 90);
        day.at("01:10").updates();
        assertEquals(first.getId(), day.expect("UNEXPECTED_FLOW", "RESOLVED").getId());
        day.at("01:49").updates().expect("UNEXPECTED_FLOW", "RESOLVED");
        day.expectNothing();
        day.at("02:30");
        Alert last = day.expect("FAN_IN", "RESOLVED");
        assertEquals(crowd.getId(), last.getId());
        assertFalse(
                day.memory.entries.keySet().stream().anyMatch(k -> k.matches("[hfv]/.*")),
                day.memory.entries.keySet()::toString);
    }

    @Test
    void clientsThatAreSettledElsewhereNameTheSameFanIn() {
        day.at("00:05").crowded(HOST, 65);
        Alert crowd = day.expect("FAN_IN", "OPEN");
        day.elsewhere();
        day.at("00:05").unexpected("203.0.113.1", HOST, 22, "UNKNOWN_SERVICE");
        day.at("00:05:30");
        assertNull(day.expect("UNEXPECTED_FLOW", "OPEN").getCause());
        day.at("00:06").unexpected("203.0.113.2", HOST, 22, "UNKNOWN_SERVICE");
        day.at("00:06").crowded(HOST, 65);
        assertEquals(crowd.getId(), day.expect("UNEXPECTED_FLOW", "OPEN").getCause());
    }

    @Test
    void withThreePeersOfItsRoleThatLookTheSameItIsNoFanOutButOneAlertOfTheRole() {
        for (int host = 1; host <= 3; host++) {
            day.at("00:05:0" + host).crowd("10.1.10." + host, "esxi-host");
            day.expect("FAN_OUT", "OPEN");
        }
        day.at("00:06").crowd("10.1.10.4", "esxi-host");
        day.expect("FAN_OUT", "RESOLVED");
        day.expect("FAN_OUT", "RESOLVED");
        day.expect("FAN_OUT", "RESOLVED");
        Alert role = day.expect("UNEXPECTED_FLOW", "OPEN");
        assertEquals(List.of("esxi-host"), role.getSubject().getClientRoles());
        assertEquals(4, role.getCount());
        // More of them, and of the same ones, is nothing new.
        day.at("00:07").crowd("10.1.10.5", "esxi-host").crowd("10.1.10.1", "esxi-host");
        day.at("00:30").updates().expectNothing();
        day.at("02:08");
        assertEquals(role.getId(), day.expect("UNEXPECTED_FLOW", "RESOLVED").getId());
        assertFalse(day.memory.entries.keySet().stream().anyMatch(k -> k.startsWith("r/")));
        day.at("02:09").crowd("10.1.10.1", "esxi-host");
        day.expect("FAN_OUT", "OPEN");
    }

    @Test
    void peersOfAnotherRoleOrOfAnotherTimeAreNone() {
        day.at("00:05").crowd("10.1.10.1", "esxi-host");
        day.crowd("10.1.10.2", "vcenter-server").crowd("10.1.10.3", "backup-proxy");
        day.crowd("10.1.10.4", "client-pc");
        day.at("02:30").crowd("10.1.10.5", "esxi-host").crowd("10.1.10.6", "esxi-host");
        day.crowd("10.1.10.7", "esxi-host");
        assertTrue(day.changes.stream().allMatch(a -> a.getKind().equals("FAN_OUT")));
    }

    @Test
    void whatWasOpenOfAHostIsExplainedByTheAlertOfItsRole() {
        for (int host = 1; host <= 3; host++) {
            day.at("00:05:0" + host).crowd("10.1.10." + host, "esxi-host");
            day.expect("FAN_OUT", "OPEN");
        }
        day.unexpected("10.1.10.4", "10.9.0.1", 22, "FOREIGN_SERVER");
        day.at("00:06");
        day.expect("UNEXPECTED_FLOW", "OPEN");
        day.unexpected("10.1.10.4", "10.9.0.2", 22, "FOREIGN_SERVER");
        day.crowd("10.1.10.4", "esxi-host");
        for (int host = 1; host <= 3; host++) {
            day.expect("FAN_OUT", "RESOLVED");
        }
        Alert child = day.expect("UNEXPECTED_FLOW", "OPEN");
        assertEquals(day.expect("UNEXPECTED_FLOW", "OPEN").getId(), child.getCause());
        // What waited is in it.
        day.at("00:30").expectNothing();
    }

    @Test
    void manyOfOneSortShareAnAlert() {
        for (int host = 1; host <= 20; host++) {
            day.at("00:05").unexpected("203.0.113.9", "10.2.0." + host, 22, "UNKNOWN_SERVICE");
        }
        day.at("00:06");
        Alert alike = day.expect("UNEXPECTED_FLOW", "OPEN");
        assertEquals(20, alike.getCount());
        assertNull(alike.getSubject().getServer());
        day.expectNothing();
    }

    @Test
    void whatOpenedBeforeTheCrowdNamesItAsItsCause() {
        day.at("00:05").unexpected("203.0.113.9", HOST, 902, "UNKNOWN_PEER");
        day.at("00:05:30");
        day.expect("UNEXPECTED_FLOW", "OPEN");
        day.at("00:06").overflow("203.0.113.9", 70);
        Alert crowd = day.expect("FAN_OUT", "OPEN");
        assertEquals(crowd.getId(), day.expect("UNEXPECTED_FLOW", "OPEN").getCause());
    }

    @Test
    void acknowledgedIsStillAndAMutedKeySaysSo() {
        day.at("00:02").sees(PARIS, "dr", null, null);
        day.at("00:32").lost(PARIS, "dr", null, null, "00:09");
        Alert open = day.expect("RPO_AT_RISK", "OPEN");
        day.settlement().act(action(open, "ACK", null));
        assertEquals("anna", day.expect("RPO_AT_RISK", "OPEN").getAckedBy());
        day.at("00:40").blocked(PARIS, "dr", HOST, VR, "DENIED");
        assertNull(day.expect("REPLICATION_BLOCKED", "OPEN").getAckedBy());
        day.settlement().act(action(open, "MUTE", time("01:00")));
        assertEquals("anna: because", day.expect("REPLICATION_BLOCKED", "OPEN").getMutedBy());
        day.at("01:00:01");
        assertNull(day.expect("REPLICATION_BLOCKED", "OPEN").getMutedBy());
    }

    private static Action action(Alert alert, String what, Long until) {
        return new Action(alert.getKey(), what, "anna", time("00:39"), until, "because");
    }

    @Test
    void aResolvedAlertIsDeletedAfterItsRetention() {
        day.at("00:02").sees(PARIS, "beats", HOST, VCENTER);
        day.at("00:04").lost(PARIS, "beats", HOST, VCENTER, "00:03");
        String id = day.expect("HEARTBEAT_MISSING", "OPEN").getId();
        day.at("00:10").sees(PARIS, "beats", HOST, VCENTER);
        day.settlement().passTo(time("00:09") + 30L * 24 * 3_600_000);
        assertEquals(List.of(), day.deleted);
        day.settlement().passTo(time("00:10") + 30L * 24 * 3_600_000);
        assertEquals(List.of(id), day.deleted);
    }

    @Test
    void aRestartAtAnyFindingAndAnyStrideGivesTheSameAlerts() {
        var random = new Random(4);
        day.at("00:02");
        for (int i = 0; i < 400; i++) {
            day.at("%02d:%02d:%02d".formatted(1 + i / 60, i % 60, random.nextInt(60)));
            happens(random);
        }
        List<String> calm = day.changes.stream().map(SettlementTest::told).toList();
        assertTrue(calm.size() > 50, "only " + calm.size());

        var other = new SettleTimeline(Estates.twoSites());
        for (Finding finding : day.given) {
            if (random.nextInt(5) == 0) {
                other.restart();
            }
            if (random.nextInt(3) == 0) {
                other.settlement().passTo(finding.getArrival() - 1);
            }
            other.settlement().take(finding);
        }
        other.settlement().passTo(time("23:00"));
        day.at("23:00:00.001");
        assertEquals(
                day.changes.stream().map(SettlementTest::told).toList(),
                other.changes.stream().map(SettlementTest::told).toList());
    }

    private static String told(Alert alert) {
        return alert.getId()
                + " "
                + alert.getState()
                + " "
                + alert.getKind()
                + " "
                + alert.getOpenedAt()
                + " "
                + alert.getResolvedAt()
                + " "
                + alert.getCause();
    }

    private void happens(Random random) {
        String host = "10.1.10." + (11 + random.nextInt(3));
        String source = random.nextBoolean() ? PARIS : LYON;
        String exporter = source.equals(PARIS) ? "10.1.255.1" : "10.2.255.1";
        switch (random.nextInt(8)) {
            case 0, 1 -> day.sees(source, "beats", host, VCENTER);
            case 2 -> day.lost(source, "beats", host, VCENTER, "00:30");
            case 3 -> day.silent(source, exporter);
            case 4 -> day.alive(source, exporter);
            case 5 -> day.blocked(source, "dr", host, VR, "UNANSWERED");
            case 6 -> day.attempt(source, "dr", host, VR, "CLEAR", "PAYLOAD");
            default -> day.unexpected(host, "10.9.0." + random.nextInt(60), 22, "FOREIGN_SERVER");
        }
    }
}
