package io.flowwarden.witness;

import static io.flowwarden.witness.Timeline.talk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.flowwarden.flow.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTimelineTest {
    static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16]}
              - {name: lyon, networks: [10.2.0.0/16]}
            endpoints:
              - {name: esx-paris, address: 10.1.10.0/24, roles: [esxi-host]}
              - {name: vcenter-lyon, address: 10.2.20.2, roles: [vcenter-server]}
            links:
              - {name: beats, kind: heartbeat, from: esx-paris, to: vcenter-lyon, service: 902/udp, every: 30s, misses: 4}
            """;

    private static final String A = "10.1.10.11";
    private static final String B = "10.1.10.12";

    static Timeline.Talk beat(String host) {
        return talk(host + " > 10.2.20.2:902/udp").bytes(100, 1);
    }

    private static Timeline day() {
        return new Timeline(ESTATE).ticks("00:00", "02:00");
    }

    @Test
    void aHostThatGoesSilentIsLostByTheClockOfItsSourceAndSeenAgain() {
        Timeline day =
                day().exporter("10.1.255.1")
                        .lives("00:00", "02:00")
                        .every("30S", "00:00", "00:30", beat(A))
                        .every("30S", "00:00:10", "02:00", beat(B))
                        .every("30S", "01:00", "02:00", beat(A))
                        .and();
        // Last beat 00:29:30, two minutes of deadline.
        assertEquals(
                List.of(
                        "SEES beats 10.1.10.11>10.2.20.2",
                        "SEES beats 10.1.10.12>10.2.20.2",
                        "LOST beats 10.1.10.11>10.2.20.2 at 00:31:30",
                        "SEES beats 10.1.10.11>10.2.20.2"),
                day.found("SEES", "LOST"));
        String told =
                day.run(event -> false).stream()
                        .filter(line -> line.contains("LOST"))
                        .findFirst()
                        .orElseThrow();
        // The reporting delay of 90 s later, and not 10 s more.
        assertTrue(told.compareTo("00:33:00") > 0 && told.compareTo("00:33:10") < 0, told);
    }

    @Test
    void anExporterThatStopsIsSilentAndNoMemberIsLost() {
        assertEquals(
                List.of(
                        "NEW netflow/10.1.255.1/0 (no flows)",
                        "ALIVE netflow/10.1.255.1/0",
                        "SEES beats 10.1.10.11>10.2.20.2",
                        "SILENT netflow/10.1.255.1/0",
                        "TELEMETRY_LOST OPEN 10.1.255.1 since 00:29:55",
                        "ALIVE netflow/10.1.255.1/0",
                        "TELEMETRY_LOST CLEAR 10.1.255.1 since 01:00:00"),
                day().exporter("10.1.255.1")
                        .lives("00:00", "00:30")
                        .every("30S", "00:00", "00:30", beat(A))
                        .lives("01:00", "02:00")
                        .every("30S", "01:00:25", "02:00", beat(A))
                        .and()
                        .found("NEW", "SILENT", "ALIVE", "TELEMETRY_LOST", "SEES", "LOST"));
    }

    @Test
    void theSilenceOfAHostThatReportsItsOwnFlowsSettlesWithItsBeats() {
        String other = ESTATE.replace("10.1.10.0/24", "10.1.11.0/24");
        var day = day().exporter(A);
        day.lives("00:00", "00:30").every("30S", "00:00", "00:30", beat(A));
        assertEquals(
                List.of(
                        "TELEMETRY_LOST OPEN link/beats since 00:29:55",
                        "TELEMETRY_LOST CLEAR link/beats since 01:00:00"),
                // It is over where it began, though the estate has changed its mind.
                day.lives("01:00", "02:00").and().estate("00:40", other).found("TELEMETRY_LOST"));
    }

    @Test
    void whenTheExporterIsBackAMemberStillMissingIsLostADeadlineLater() {
        assertEquals(
                List.of("LOST beats 10.1.10.11>10.2.20.2 at 01:02:00"),
                day().exporter("10.1.255.1")
                        .lives("00:00", "00:30")
                        .every("30S", "00:00", "00:30", beat(A))
                        .lives("01:00", "02:00")
                        .and()
                        .found("LOST"));
    }

    @Test
    void anHourWithoutTheCollectorIsNobodysSilence() {
        var day = new Timeline(ESTATE).ticks("00:00", "00:30").ticks("01:30", "02:00");
        assertEquals(
                List.of(
                        "SEES beats 10.1.10.11>10.2.20.2",
                        "COLLECTOR_LOST OPEN udp-1 since 00:30:00",
                        "COLLECTOR_LOST CLEAR udp-1 since 00:30:00"),
                day.exporter("10.1.255.1")
                        .lives("00:00", "00:30")
                        .every("30S", "00:00", "00:30", beat(A))
                        .lives("01:30", "02:00")
                        .every("30S", "01:30:25", "02:00", beat(A))
                        .and()
                        .found("SILENT", "TELEMETRY_LOST", "COLLECTOR_LOST", "SEES", "LOST"));
    }

    @Test
    void aCollectorThatStopsWhileAnotherTicksIsLost() {
        assertEquals(
                List.of("COLLECTOR_LOST OPEN udp-2 since 00:10:00"),
                new Timeline(ESTATE)
                        .ticks("00:00", "00:20")
                        .ticks("udp-2", "00:00", "00:10")
                        .found("COLLECTOR_LOST"));
    }

    @Test
    void nothingIsMissedBeforeTwiceTheReportingDelayIsObserved() {
        assertEquals(
                List.of("LOST beats 10.1.10.11>10.2.20.2 at 00:02:00"),
                day().exporter("10.1.255.1")
                        .lives("00:00", "00:10")
                        .every("30S", "00:00", "00:00:30", beat(A))
                        .and()
                        .found("LOST"));
        assertEquals(
                List.of(),
                day().exporter("10.1.255.1")
                        .lives("00:00", "00:02:55")
                        .every("30S", "00:00", "00:00:30", beat(A))
                        .and()
                        .found("LOST"));
    }

    @Test
    void aClockThatJumpsForwardOrBackRaisesNothingAboutMembers() {
        for (long step : new long[] {200_000, -3_600_000}) {
            assertEquals(
                    List.of("SEES beats 10.1.10.11>10.2.20.2"),
                    day().exporter("10.1.255.1")
                            .lives("00:00", "00:30")
                            .every("30S", "00:00", "00:30", beat(A))
                            .skew(step)
                            .lives("00:30", "01:00")
                            .every("30S", "00:30", "01:00", beat(A))
                            .and()
                            .found("SEES", "LOST"));
        }
    }

    @Test
    void afterAClockWasSetBackAbsenceIsNoticedAsUsual() {
        assertEquals(
                List.of("LOST beats 10.1.10.11>10.2.20.2 at 00:02:00"),
                day().exporter("10.1.255.1")
                        .lives("00:00", "00:30")
                        .every("30S", "00:00", "00:30", beat(A))
                        .skew(-1_800_000)
                        .lives("00:30", "01:00")
                        .and()
                        .found("LOST"));
    }

    @Test
    void deniedEmptyAndClampedFlowsAreNoSightings() {
        var day =
                day().exporter("10.1.255.1")
                        .lives("00:00", "00:30")
                        .every("30S", "00:00", "00:30", beat(A).outcome(Outcome.REJECTED))
                        .every("30S", "00:00", "00:30", beat(B).clamped())
                        .and();
        assertEquals(List.of(), day.found("SEES"));
    }

    @Test
    void aSourceSlowerThanTheDeadlineDoesNotDecide() {
        String slow =
                ESTATE
                        + """
                        sources:
                          - {match: "netflow/*", reporting-delay: 10m}
                        """;
        assertEquals(
                List.of(
                        "SEES beats 10.1.10.11>10.2.20.2 slow",
                        "LOST beats 10.1.10.11>10.2.20.2 at 00:31:30 slow"),
                new Timeline(slow)
                        .ticks("00:00", "01:00")
                        .exporter("10.1.255.1")
                        .lives("00:00", "01:00")
                        .every("30S", "00:00", "00:30", beat(A))
                        .and()
                        .found("SEES", "LOST"));
    }

    @Test
    void aSourceIsGivenTheTimeForWhichItSaysThatItKeepsFlows() {
        var day = day().exporter("10.1.255.1");
        day.sends("00:00", (flows, report) -> report.timeout(300));
        day.lives("00:00", "01:00").every("30S", "00:00", "00:30", beat(A));
        assertEquals(
                List.of("LOST beats 10.1.10.11>10.2.20.2 at 00:31:30 slow"),
                day.and().found("LOST"));
        String told =
                day.and().run(event -> event % 100 == 0).stream()
                        .filter(line -> line.contains("LOST"))
                        .findFirst()
                        .orElseThrow();
        // Five minutes and the 30 s to send it, where it would have been 90 s.
        assertTrue(told.compareTo("00:37:00") > 0 && told.compareTo("00:37:10") < 0, told);
    }

    @Test
    void aSampledSourceMissesOnlyWhatItSeesOftenEnough() {
        var thin = beat(A).sampled(100);
        var thick = beat(A).sampled(100).bytes(10_000, 20);
        assertEquals(
                List.of("FORGOTTEN beats 10.1.10.11>10.2.20.2 slow"),
                day().exporter("10.1.255.1")
                        .lives("00:00", "01:00")
                        .every("30S", "00:00", "00:30", thin)
                        .and()
                        .found("LOST", "FORGOTTEN"));
        assertEquals(
                List.of("LOST beats 10.1.10.11>10.2.20.2 at 00:31:30"),
                day().exporter("10.1.255.1")
                        .lives("00:00", "01:00")
                        .every("30S", "00:00", "00:30", thick)
                        .and()
                        .found("LOST", "FORGOTTEN"));
    }

    @Test
    void aMinuteOfLossIsNotTheHostsSilence() {
        var gap =
                day().exporter("10.1.255.1")
                        .lives("00:00", "00:30")
                        .every("30S", "00:00", "00:30", beat(A))
                        .sends("00:33:50", (flows, report) -> report.lost(40, false))
                        .lives("00:33:55", "01:00")
                        .every("30S", "00:34:25", "01:00", beat(A))
                        .and();
        assertEquals(
                List.of(
                        "TELEMETRY_GAP OPEN 10.1.255.1 since 00:33:50 40/",
                        "TELEMETRY_GAP CLEAR 10.1.255.1 since 00:33:50 40/"),
                gap.found("TELEMETRY_GAP", "LOST").stream()
                        .map(line -> line.replaceAll("/\\d+$", "/"))
                        .toList());
    }

    @Test
    void reorderedDatagramsAreNoGap() {
        assertEquals(
                List.of(),
                day().exporter("10.1.255.1")
                        .lives("00:00", "00:30")
                        .sends("00:30:01", (flows, report) -> report.lost(10, false))
                        .sends("00:30:02", (flows, report) -> report.late(10, false))
                        .lives("00:30:05", "01:00")
                        .and()
                        .found("TELEMETRY_GAP"));
    }

    @Test
    void datagramsWithoutTemplateForTenMinutesAreUnreadableAndLoseNobody() {
        var day =
                day().exporter("10.1.255.1")
                        .lives("00:00", "00:30")
                        .every("30S", "00:00", "00:30", beat(A));
        for (long at = Timeline.time("00:30"); at < Timeline.time("00:50"); at += 10_000) {
            day.sends(at, (flows, report) -> report.skip(100));
        }
        day.every("30S", "00:50", "01:00", beat(A));
        assertEquals(
                List.of(
                        "TELEMETRY_UNREADABLE OPEN 10.1.255.1 since 00:30:00",
                        "TELEMETRY_UNREADABLE CLEAR 10.1.255.1 since 00:30:00"),
                day.and().found("TELEMETRY_UNREADABLE", "LOST"));
    }

    @Test
    void aClockBeyondBeliefIsSkewAndLosesNobody() {
        var day =
                day().exporter("10.1.255.1")
                        .every("30S", "00:00", "00:30", beat(A))
                        .every("30S", "00:30", "01:00", beat(A).clamped())
                        .every("30S", "01:00", "01:30", beat(A));
        assertEquals(
                List.of(
                        "CLOCK_SKEW OPEN 10.1.255.1 since 00:30:00",
                        "CLOCK_SKEW CLEAR 10.1.255.1 since 00:30:00"),
                day.and().found("CLOCK_SKEW", "LOST"));
    }

    @Test
    void anExporterThatNoSiteListsIsToldOnceAndNotWhereNoneIsListed() {
        String listed = ESTATE.replace("[10.1.0.0/16]}", "[10.1.0.0/16], exporters: [10.1.255.1]}");
        assertEquals(
                List.of("UNKNOWN_EXPORTER OPEN 10.9.9.9 since 00:00:00"),
                new Timeline(listed)
                        .ticks("00:00", "00:10")
                        .exporter("10.9.9.9")
                        .lives("00:00", "00:10")
                        .and()
                        .exporter("10.1.255.1")
                        .lives("00:00", "00:10")
                        .and()
                        .found("UNKNOWN_EXPORTER"));
        assertEquals(
                List.of(),
                day().exporter("10.9.9.9").lives("00:00", "00:10").and().found("UNKNOWN_EXPORTER"));
    }

    @Test
    void burstsEveryFiveMinutesAreNoSilenceOnceTheyAreUsual() {
        assertEquals(
                List.of(),
                new Timeline(ESTATE)
                        .limits(WitnessLimits.DEFAULTS.withMembers(10))
                        .ticks("00:00", "02:00")
                        .exporter("10.1.255.1")
                        .every("170S", "00:00", "02:00", beat(A))
                        .and()
                        .found("SILENT", "LOST"));
    }

    @Test
    void aSourceThatLosesItsPlaceSaysSoOfAllThatItLeftOpenAndIsNewWhenItComesBack() {
        var day = day().exporter("10.1.255.1");
        day.lives("00:00", "00:30").every("30S", "00:00", "00:30", beat(A));
        day.lives("01:00", "02:00").and().exporter("10.1.255.2").lives("00:00", "02:00");
        List<String> found =
                day.and()
                        .forget("00:50", "netflow/10.1.255.1/0")
                        .found("NEW", "FORGOTTEN", "SILENT", "TELEMETRY_LOST");
        assertEquals(
                List.of(
                        "NEW netflow/10.1.255.1/0 (no flows)",
                        "NEW netflow/10.1.255.2/0 (no flows)",
                        "SILENT netflow/10.1.255.1/0",
                        "TELEMETRY_LOST OPEN 10.1.255.1 since 00:29:55",
                        "FORGOTTEN netflow/10.1.255.1/0 (no flows)",
                        "TELEMETRY_LOST FORGOTTEN 10.1.255.1 since 00:29:55",
                        "NEW netflow/10.1.255.1/0 (no flows)"),
                found);
        day.and().memory.scan("f/", (key, value) -> fail("still to be told: " + key));
    }

    @Test
    void membersBeyondTheLimitAreForgottenOldestFirst() {
        var day =
                new Timeline(ESTATE)
                        .limits(WitnessLimits.DEFAULTS.withMembers(2))
                        .ticks("00:00", "00:10")
                        .exporter("10.1.255.1")
                        .lives("00:00", "00:10");
        day.every("30S", "00:00", "00:00:30", beat("10.1.10.1"));
        day.every("30S", "00:01", "00:01:30", beat("10.1.10.2"));
        day.every("30S", "00:02", "00:02:30", beat("10.1.10.3"));
        assertEquals(List.of("FORGOTTEN beats 10.1.10.1>10.2.20.2"), day.and().found("FORGOTTEN"));
    }

    @Test
    void ofASitePairThatGoesDarkThePairIsToldBeforeItsMembers() {
        var both =
                day().exporter("10.1.255.1")
                        .lives("00:00", "01:00")
                        .every("30S", "00:00", "00:30", beat(A), beat(B))
                        .every("30S", "00:50", "01:00", beat(A), beat(B))
                        .and();
        assertEquals(
                List.of(
                        "PAIR SEES paris>lyon 0",
                        "SEES beats 10.1.10.11>10.2.20.2",
                        "SEES beats 10.1.10.12>10.2.20.2",
                        "PAIR LOST paris>lyon 2",
                        "LOST beats 10.1.10.11>10.2.20.2 at 00:31:30",
                        "LOST beats 10.1.10.12>10.2.20.2 at 00:31:30",
                        "PAIR SEES paris>lyon 0",
                        "SEES beats 10.1.10.11>10.2.20.2",
                        "SEES beats 10.1.10.12>10.2.20.2"),
                both.found("PAIR", "SEES", "LOST"));
        var one =
                day().exporter("10.1.255.1")
                        .lives("00:00", "01:00")
                        .every("30S", "00:00", "00:30", beat(A), beat(B))
                        .every("30S", "00:30", "01:00", beat(B))
                        .and();
        assertEquals(
                List.of("PAIR SEES paris>lyon 0", "LOST beats 10.1.10.11>10.2.20.2 at 00:31:30"),
                one.found("PAIR", "LOST"));
    }

    @Test
    void aLinkThatMayBeQuietForLongDoesNotHideThatThePairIsDark() {
        String more =
                ESTATE
                        + """
                          - {name: dr, kind: replication, from: esx-paris, to: 10.2.20.5, service: 32032/tcp, rpo: 30m}
                        """;
        var copy = talk("10.1.10.11 > 10.2.20.5:32032/tcp").flags(0x1b).bytes(90_000, 60);
        assertEquals(
                List.of(
                        "PAIR SEES paris>lyon 0",
                        "PAIR LOST paris>lyon 2",
                        "LOST beats 10.1.10.11>10.2.20.2 at 00:31:30",
                        "LOST beats 10.1.10.12>10.2.20.2 at 00:31:30",
                        "PAIR SEES paris>lyon 0"),
                new Timeline(more)
                        .ticks("00:00", "01:00")
                        .exporter("10.1.255.1")
                        .lives("00:00", "01:00")
                        .every("30S", "00:00", "00:30", beat(A), beat(B), copy)
                        .every("30S", "00:50", "01:00", copy)
                        .and()
                        .found("PAIR", "LOST"));
        assertEquals(
                List.of(
                        "PAIR SEES paris>lyon 0",
                        "LOST beats 10.1.10.11>10.2.20.2 at 00:31:30",
                        "LOST beats 10.1.10.12>10.2.20.2 at 00:31:30"),
                new Timeline(more)
                        .ticks("00:00", "01:00")
                        .exporter("10.1.255.1")
                        .lives("00:00", "01:00")
                        .every("30S", "00:00", "00:30", beat(A), beat(B))
                        .every("30S", "00:00", "01:00", copy)
                        .and()
                        .found("PAIR", "LOST"));
    }

    @Test
    void beatsThatThinOutAreDegradedAndWellAgain() {
        String estate = ESTATE.replace("misses: 4", "misses: 8");
        var day =
                new Timeline(estate)
                        .ticks("00:00", "03:00")
                        .exporter("10.1.255.1")
                        .lives("00:00", "03:00")
                        .every("30S", "00:00", "01:00", beat(A))
                        .every("200S", "01:00", "02:00", beat(A))
                        .every("30S", "02:00", "03:00", beat(A))
                        .and();
        List<String> found = day.found("LOW", "WELL", "LOST");
        assertTrue(
                found.size() > 1
                        && found.get(0).startsWith("LOW beats 10.1.10.11 to 01:1")
                        && found.get(found.size() - 1).startsWith("WELL"),
                found.toString());
    }
}
