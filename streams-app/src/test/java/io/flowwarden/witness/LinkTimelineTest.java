package io.flowwarden.witness;

import static io.flowwarden.witness.Timeline.talk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.raw.RawFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTimelineTest {
    private static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16], exporters: [10.1.255.1]}
              - {name: lyon, networks: [10.2.0.0/16], exporters: [10.2.255.1]}
              - {name: nice, networks: [10.3.0.0/16], exporters: [10.3.255.1]}
            endpoints:
              - {name: esx-paris, address: 10.1.10.0/24, roles: [esxi-host]}
              - {name: vr-lyon, address: 10.2.20.5, roles: [vr-server]}
            links:
              - {name: dr, kind: replication, from: esx-paris, to: vr-lyon, service: 31031/tcp, rpo: 4m}
            """;

    private static final String DR = "10.1.10.11 > 10.2.20.5:31031/tcp";

    private static Timeline day() {
        return new Timeline(ESTATE).ticks("00:00", "02:00");
    }

    @Test
    void aGroupHasOneClock() {
        assertEquals(
                List.of("SEES dr *", "LOST dr * at 00:36:00"),
                day().exporter("10.2.255.1")
                        .lives("00:00", "01:00")
                        .every("60S", "00:00", "00:20", talk(DR))
                        .every("60S", "00:20", "00:30", talk(DR.replace(".11", ".12")))
                        .every("60S", "00:30", "00:30:30", talk(DR))
                        .and()
                        .found("SEES", "LOST"));
    }

    @Test
    void emptyAttemptsAreNoSightingButAPushOrBytesAre() {
        var day =
                day().exporter("10.2.255.1")
                        .lives("00:00", "00:30")
                        .every("60S", "00:01", "00:02", talk(DR).bytes(180, 3).flags(2));
        assertEquals(List.of(), day.and().found("SEES"));
        day.every("60S", "00:02", "00:03", talk(DR).bytes(181, 3).flags(0));
        assertEquals(List.of("SEES dr *"), day.and().found("SEES"));
    }

    @Test
    void theOtherWayCountsOnlyWhereTheLinkSaysSo() {
        String back = "10.2.20.5 > 10.1.10.11:31031/tcp";
        assertEquals(
                List.of(),
                day().exporter("10.2.255.1")
                        .every("60S", "00:00", "00:30", talk(back))
                        .and()
                        .found("SEES"));
        assertEquals(
                List.of("SEES dr * reversed"),
                new Timeline(ESTATE.replace("rpo: 4m", "rpo: 4m, or-reverse: true"))
                        .ticks("00:00", "00:30")
                        .exporter("10.2.255.1")
                        .every("60S", "00:00", "00:30", talk(back))
                        .and()
                        .found("SEES"));
    }

    @Test
    void aReplyIsASightingAndSoIsAFlowOfUnclearDirection() {
        for (var one : List.of(talk(DR).reply(), talk(DR).unclear())) {
            assertEquals(
                    List.of("SEES dr *"),
                    day().exporter("10.2.255.1")
                            .every("60S", "00:00", "00:30", one)
                            .and()
                            .found("SEES"));
        }
    }

    @Test
    void minutesAreToldInTurnWithZerosAndALateOneAgain() {
        var day =
                day().exporter("10.2.255.1")
                        .lives("00:00", "00:08")
                        .every("60S", "00:01:30", "00:02:30", talk(DR).bytes(600, 1).lasted(60_000))
                        .sends(
                                "00:06:00",
                                (flows, report) ->
                                        talk(DR).reply()
                                                .bytes(50, 1)
                                                .lasted(0)
                                                .add(flows, Timeline.time("00:03:30")));
        assertEquals(
                List.of(
                        "MINUTE dr 00:00:00 300/0 [10.1.10.11>10.2.20.5]",
                        "MINUTE dr 00:01:00 300/0 [10.1.10.11>10.2.20.5]",
                        "MINUTE dr 00:02:00 0/0",
                        "MINUTE dr 00:03:00 0/0",
                        "LATE dr 00:03:00 0/50 [10.1.10.11>10.2.20.5]",
                        "MINUTE dr 00:04:00 0/0",
                        "MINUTE dr 00:05:00 0/0"),
                day.and().found("MINUTE", "LATE"));
    }

    @Test
    void theFirstFlowsOfASourceAreNotLateInWhateverOrderTheyCome() {
        var day =
                day().exporter("10.2.255.1")
                        .every(
                                "0.1S",
                                "00:01:10",
                                "00:01:20",
                                talk(DR).bytes(60, 1),
                                talk(DR).bytes(600, 1).lasted(60_000))
                        .lives("00:02", "00:05");
        assertEquals(List.of(), day.and().found("LATE"));
        String first = day.and().found("MINUTE").get(0);
        assertTrue(first.startsWith("MINUTE dr 00:00:00 450"), first);
    }

    @Test
    void whatComesLateIsToldOnceASecondAndAllOfItInTheEnd() {
        var sender =
                day().exporter("10.2.255.1")
                        .lives("00:00", "00:06")
                        .every("60S", "00:01", "00:04", talk(DR).bytes(600, 1));
        for (int i = 0; i < 100; i++) {
            sender.sends(
                    Timeline.time("00:06:00") + i * 100,
                    (flows, report) -> talk(DR).bytes(70, 1).add(flows, Timeline.time("00:03:30")));
        }
        List<String> told = sender.lives("00:06:10", "00:07").and().found("LATE");
        assertTrue(told.size() >= 5 && told.size() <= 12, told::toString);
        assertEquals("LATE dr 00:03:00 7000/0 [10.1.10.11>10.2.20.5]", told.get(told.size() - 1));
    }

    @Test
    void noMinutesAreToldOfATimeInWhichNobodyReported() {
        List<String> minutes =
                day().exporter("10.2.255.1")
                        .lives("00:00", "00:10")
                        .every("60S", "00:01", "00:10", talk(DR))
                        .lives("01:30", "02:00")
                        .every("60S", "01:31", "02:00", talk(DR))
                        .and()
                        .found("MINUTE");
        assertEquals(List.of(), minutes.stream().filter(m -> m.matches(".* 0?0:[2-5].*")).toList());
        assertTrue(minutes.stream().anyMatch(m -> m.contains(" 01:45:00 ")), minutes.toString());
    }

    @Test
    void sampledBytesAreScaled() {
        assertEquals(
                List.of("MINUTE dr 00:01:00 20000/0 [10.1.10.11>10.2.20.5]"),
                day().exporter("10.2.255.1")
                        .lives("00:00", "00:03:35")
                        .every("60S", "00:01:30", "00:02", talk(DR).sampled(10))
                        .and()
                        .found("MINUTE"));
    }

    @Test
    void aLinkThatNobodySeesIsToldByThoseWhoCouldSeeIt() {
        assertEquals(
                List.of("UNSEEN dr by netflow/10.2.255.1/0"),
                day().exporter("10.2.255.1")
                        .lives("00:00", "00:30")
                        .and()
                        .exporter("10.3.255.1")
                        .lives("00:00", "00:30")
                        .and()
                        .found("UNSEEN", "SEEN"));
    }

    @Test
    void aLinkThatIsSeenIsNotUnseenAndOneSeenLaterIsSeen() {
        assertEquals(
                List.of("SEEN dr by netflow/10.2.255.1/0"),
                day().exporter("10.2.255.1")
                        .lives("00:00", "01:00")
                        .every("60S", "00:05", "00:06", talk(DR))
                        .and()
                        .found("UNSEEN", "SEEN"));
        assertEquals(
                List.of("UNSEEN dr by netflow/10.2.255.1/0", "SEEN dr by netflow/10.2.255.1/0"),
                day().exporter("10.2.255.1")
                        .lives("00:00", "01:00")
                        .every("60S", "00:30", "00:31", talk(DR))
                        .and()
                        .found("UNSEEN", "SEEN"));
    }

    @Test
    void aBackupIsUnseenOnlyAfterAWholeOpening() {
        String backup =
                ESTATE
                        + "  - {name: nightly, kind: backup, from: esx-paris, to: vr-lyon, service:"
                        + " 902/tcp, window: {start: \"22:00\", end: \"04:00\", zone: Europe/Paris}}\n";
        List<String> found =
                new Timeline(backup)
                                .ticks("00:00", "00:01")
                                .exporter("10.2.255.1")
                                .every("60S", "00:00", "1d 06:00")
                                .and()
                                .run(event -> false)
                                .stream()
                                .filter(line -> line.contains("UNSEEN nightly"))
                                .toList();
        // The opening of the night before has begun at midnight; 04:00 in Paris is 03:00.
        assertEquals(1, found.size(), found.toString());
        assertTrue(found.get(0).startsWith("1d 03:0"), found.toString());
    }

    @Test
    void aLinkDeclaredLaterHasItsWholeDeadlineFromThen() {
        String without = ESTATE.substring(0, ESTATE.indexOf("links:"));
        String found =
                new Timeline(without)
                                .ticks("00:00", "01:30")
                                .estate("01:00", ESTATE)
                                .exporter("10.2.255.1")
                                .lives("00:00", "01:30")
                                .and()
                                .run(event -> false)
                                .stream()
                                .filter(line -> line.contains("UNSEEN"))
                                .findFirst()
                                .orElseThrow();
        assertTrue(found.compareTo("01:06") > 0 && found.compareTo("01:08") < 0, found);
    }

    @Test
    void aLinkDeclaredAnewHasItsDeadlineFromThenAndAnotherGoesOn() {
        String longer = ESTATE.replace("rpo: 4m", "rpo: 8m");
        String other = ESTATE.replace("10.3.0.0/16", "10.4.0.0/16");
        for (var one : List.of(longer, other)) {
            var day =
                    day().estate("00:33", one)
                            .exporter("10.2.255.1")
                            .lives("00:00", "02:00")
                            .every("60S", "00:00", "00:30", talk(DR));
            // Last seen at 00:29, rounded up to an eighth of six minutes: 00:29:15.
            assertEquals(
                    List.of(one == longer ? "LOST dr * at 00:45:05" : "LOST dr * at 00:35:15"),
                    day.and().found("LOST", "FORGOTTEN"));
        }
    }

    @Test
    void aMemberThatTheLinkNoLongerCoversIsForgotten() {
        String each = ESTATE.replace("rpo: 4m", "rpo: 4m, each: [10.1.10.11, 10.1.10.12]");
        assertEquals(
                List.of("FORGOTTEN dr 10.1.10.11>10.2.20.5"),
                new Timeline(each)
                        .ticks("00:00", "01:00")
                        .estate("00:31", each.replace("10.1.10.11, ", ""))
                        .exporter("10.2.255.1")
                        .lives("00:00", "01:00")
                        .every("60S", "00:00", "00:30", talk(DR))
                        .every("60S", "00:00", "01:00", talk(DR.replace(".11", ".12")))
                        .and()
                        .found("LOST", "FORGOTTEN"));
    }

    @Test
    void aBackupIsSeenOnceAndNeverLostSightOf() {
        String backup =
                ESTATE
                        + "  - {name: nightly, kind: backup, from: esx-paris, to: vr-lyon, service:"
                        + " 902/tcp, window: {start: \"22:00\", end: \"04:00\", zone: Europe/Paris}}\n";
        assertEquals(
                List.of("SEES nightly * slow"),
                new Timeline(backup)
                        .ticks("00:00", "12:00")
                        .exporter("10.2.255.1")
                        .every("30S", "00:00", "12:00")
                        .every("60S", "00:10", "00:40", talk("10.1.10.11 > 10.2.20.5:902/tcp"))
                        .and()
                        .found("SEES", "LOST"));
    }

    @Test
    void aCloudLogIsFifteenMinutesLateAndSilentAfterThreeTimesThat() {
        String anySide = ESTATE.replace(", exporters: [10.2.255.1]", "");
        var day =
                new Timeline(anySide)
                        .ticks("00:00", "03:00")
                        .log("aws/fl-1", RawFormat.AWS)
                        .every("300S", "00:00", "01:00", talk(DR))
                        .every("300S", "01:00", "01:40");
        List<String> told =
                day.and().run(event -> false).stream()
                        .filter(line -> line.contains("LOST"))
                        .toList();
        assertEquals(2, told.size(), told.toString());
        assertTrue(told.get(0).startsWith("01:20:00@ LOST dr * at 01:01:30"), told.toString());
        assertTrue(told.get(1).startsWith("02:20:00@ TELEMETRY_LOST OPEN"), told.toString());
    }
}
