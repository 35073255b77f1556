package io.flowwarden.blockage;

import static io.flowwarden.detect.Timeline.NETFLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flowwarden.detect.Timeline;
import io.flowwarden.detect.Timeline.Found;
import io.flowwarden.schemas.Attempt;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockageTest {
    static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16, "fd00:1::/32"], exporters: [10.1.255.1]}
              - {name: lyon, networks: [10.2.0.0/16, "fd00:2::/32"], exporters: [10.2.255.1]}
            endpoints:
              - {name: esx-paris, addresses: [10.1.10.0/24, "fd00:1::/64"], roles: [esxi-host]}
              - {name: esx-lyon, address: 10.2.10.0/24, roles: [esxi-host]}
              - {name: vr-lyon, addresses: [10.2.20.5, "fd00:2::5"], roles: [vr-appliance, vr-server]}
              - {name: vcenter-paris, address: 10.1.20.2, roles: [vcenter-server]}
              - {name: backup-paris, address: 10.1.30.5, roles: [backup-proxy]}
              - {name: desktop, address: 10.2.50.7, roles: [windows-vm]}
            links:
              - {name: dr-lyon, kind: replication, from: esx-paris, to: vr-lyon, service: 31031/tcp, rpo: 15m}
              - {name: beats, kind: heartbeat, from: esx-paris, to: vcenter-paris, service: 902/udp, every: 10s, misses: 6}
            sources:
              - {match: "netflow/10.1.255.77/*", sampling: 100}
            """;

    private static final String SYN = "10.1.10.11:%d > 10.2.20.5:31031/tcp SYN 3p 180b for=8";
    private static final String DATA =
            "10.1.10.11:50000 > 10.2.20.5:31031/tcp SYN ACK PSH 90p 90000b for=20";
    private static final String DENIED = "10.1.10.11:%d > 10.2.20.5:31031/tcp rejected 1p 60b";

    /** CIM over HTTPS is in the catalog, and no link speaks of it. */
    private static final String SERVICE = "10.1.10.11:%d > 10.1.20.2:5989/tcp ";

    private final Timeline line = new Timeline(Blockage::new, ESTATE);

    private List<String> told() {
        return line.found().stream().map(BlockageTest::words).toList();
    }

    static String words(Found found) {
        var attempt = (Attempt) found.body();
        return found.at().toString().substring(11, 19)
                + " "
                + found.key()
                + " "
                + attempt.getState()
                + " "
                + attempt.getEvidence()
                + " "
                + attempt.getCount();
    }

    private Attempt last() {
        return (Attempt) line.found().get(line.found().size() - 1).body();
    }

    @Test
    void threeUnansweredSynsInARowAreToldUntilPayloadGoesAgain() {
        line.at("22:03:05").flows(DATA);
        line.at("22:04:10").flows(SYN.formatted(50_001));
        line.at("22:04:40").flows(SYN.formatted(50_002));
        assertEquals(List.of(), told());
        line.at("22:05:10").flows(SYN.formatted(50_003));
        Attempt blocked = last();
        assertEquals("10.1.10.11", blocked.getTalk().getClient());
        assertEquals("esx-paris", blocked.getTalk().getClientName());
        assertEquals("lyon", blocked.getTalk().getServerSite());
        assertEquals(31_031, blocked.getTalk().getPort());
        assertEquals("dr-lyon", blocked.getLink());
        assertEquals("replication", blocked.getCategory());
        assertNotNull(blocked.getRule());
        assertEquals(3, blocked.getSamples().size());
        assertEquals(
                "2026-11-20T22:04:02Z 10.1.10.11:50001 > 10.2.20.5:31031 tcp, 3 packets, 180 bytes,"
                        + " SYN",
                blocked.getSamples().get(0));
        assertEquals(Instant.parse("2026-11-20T22:03:05Z").toEpochMilli(), blocked.getLastGood());
        line.at("22:05:40").flows(SYN.formatted(50_004));
        line.at("22:06:10").flows(SYN.formatted(50_005));
        line.at("22:07:00").flows(DATA);
        line.at("22:08:00").flows(DATA);
        assertEquals(
                List.of(
                        "22:05:10 link/dr-lyon BLOCKED UNANSWERED 3",
                        "22:06:10 link/dr-lyon UPDATE UNANSWERED 5",
                        "22:07:00 link/dr-lyon CLEAR PAYLOAD 5"),
                told());
    }

    @Test
    void aRefusedAttemptIsOneThoughItsSynAndItsRstAreTwoRecords() {
        String rst = "10.2.20.5:31031 > 10.1.10.11:%d/tcp RST ACK 1p 40b";
        line.at("22:00:10").flows(SYN.formatted(50_001), rst.formatted(50_001));
        line.at("22:00:20").flows(rst.formatted(50_002), SYN.formatted(50_002));
        assertEquals(List.of(), told());
        line.at("22:00:30").flows(SYN.formatted(50_003));
        line.at("22:00:31").flows(rst.formatted(50_003));
        assertEquals(List.of("22:00:30 link/dr-lyon BLOCKED REFUSED 3"), told());
    }

    @Test
    void whereOnlyTheRepliesAreExportedTheRstsCount() {
        for (int i = 1; i <= 3; i++) {
            line.later(10).flows("10.2.20.5:31031 > 10.1.10.11:5000" + i + "/tcp RST ACK 1p 40b");
        }
        assertEquals(List.of("22:00:30 link/dr-lyon BLOCKED REFUSED 3"), told());
    }

    @Test
    void aRstThatEndsASessionRefusesNothing() {
        for (int i = 1; i <= 6; i++) {
            line.later(10)
                    .flows(
                            "10.2.20.5:31031 > 10.1.10.11:5000" + i + "/tcp RST ACK 1p 64b",
                            "10.2.20.5:31031 > 10.1.10.12:5000" + i + "/tcp RST 1p 40b",
                            "10.2.20.5:31031 > 10.1.10.13:5000" + i + "/tcp FIN RST ACK 3p 120b",
                            "10.2.20.5:31031 > 10.1.10.14:5000" + i + "/tcp SYN RST ACK 2p 80b");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void denialsMustGoOnForTwoMinutesAndHaveNoneAcceptedBetween() {
        line.at("22:00:00").flows(DENIED.formatted(1), DENIED.formatted(2), DENIED.formatted(3));
        line.at("22:01:00").flows(DENIED.formatted(4));
        assertEquals(List.of(), told());
        line.at("22:02:00").flows(DENIED.formatted(5));
        line.at("22:02:30").flows(DATA);
        assertEquals(
                List.of(
                        "22:02:00 link/dr-lyon BLOCKED DENIED 5",
                        "22:02:30 link/dr-lyon CLEAR PAYLOAD 5"),
                told());
        line.at("22:10:00").flows(DENIED.formatted(6), DENIED.formatted(7));
        line.at("22:11:00").flows(DATA);
        line.at("22:12:30").flows(DENIED.formatted(8), DENIED.formatted(9));
        assertEquals(2, told().size());
    }

    @Test
    void aDeniedReplySaysSo() {
        for (int i = 0; i < 3; i++) {
            line.later(60)
                    .flows(
                            "10.2.20.5:31031 > 10.1.10.11:5000"
                                    + i
                                    + "/tcp SYN ACK rejected 1p 60b");
        }
        assertEquals(List.of("22:03:00 link/dr-lyon BLOCKED REPLY_DENIED 3"), told());
    }

    @Test
    void latePacketsOfASessionThatTheFirewallForgotAreNoAttempts() {
        for (int i = 0; i < 9; i++) {
            line.later(60)
                    .flows(
                            "10.1.10.11:50001 > 10.2.20.5:31031/tcp ACK PSH rejected 2p 900b",
                            "10.1.10.11:50002 > 10.2.20.5:31031/tcp FIN ACK rejected 1p 52b",
                            "10.1.10.11:50003 > 10.2.20.5:31031/tcp NONE rejected 1p 52b",
                            "10.2.20.5:31031 > 10.1.10.11:50004/tcp RST ACK rejected 1p 40b");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void aHandshakeInTheSameRecordIsAnAnswerThoughNoReplyIsExported() {
        for (int i = 1; i <= 6; i++) {
            line.later(30)
                    .flows("10.1.10.11:5000" + i + " > 10.2.20.5:31031/tcp SYN ACK FIN 4p 220b");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void aHandshakeBetweenThemBreaksTheRow() {
        line.later(30).flows(SYN.formatted(1)).later(30).flows(SYN.formatted(2));
        line.later(30).flows("10.1.10.11:5 > 10.2.20.5:31031/tcp SYN ACK FIN 4p 220b");
        line.later(30).flows(SYN.formatted(3)).later(30).flows(SYN.formatted(4));
        assertEquals(List.of(), told());
        line.later(30).flows(SYN.formatted(5));
        assertEquals(List.of("22:03:00 link/dr-lyon BLOCKED UNANSWERED 3"), told());
    }

    @Test
    void aBiflowThatWasAnsweredIsNoAttempt() {
        for (int i = 1; i <= 6; i++) {
            line.later(30).flows(SYN.formatted(50_000 + i) + " rp=1 rb=60");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void nothingButDenialsIsConcludedFromSamples() {
        for (String source :
                List.of(NETFLOW, "netflow/10.1.255.77/0", "sflow/10.1.255.1/0", "gcp/p")) {
            String sampling = source.equals(NETFLOW) ? " sampling=100" : "";
            line.from(source).at("22:00:00");
            for (int i = 1; i <= 6; i++) {
                line.later(30)
                        .flows(
                                SYN.formatted(i) + sampling,
                                "10.2.20.5:31031 > 10.1.10.12:7/tcp RST ACK 1p 40b" + sampling,
                                "10.1.20.2 > 10.1.10.11/icmp icmp=3/3 1p 56b" + sampling);
            }
        }
        assertEquals(List.of(), told());
        for (int i = 1; i <= 3; i++) {
            line.later(60).flows(DENIED.formatted(i) + " sampling=100");
        }
        assertEquals(List.of("22:06:00 link/dr-lyon BLOCKED DENIED 3"), told());
    }

    @Test
    void aPathThatSharesTheLoadShowsEachRouterEnoughToKnowThatItWorks() {
        for (int i = 1; i <= 9; i++) {
            // Packets of one session by turns: now and then a router has the SYN alone.
            boolean alone = i % 3 == 0;
            line.later(20).from(NETFLOW);
            line.flows(
                    alone
                            ? "10.1.10.11:5000" + i + " > 10.2.20.5:31031/tcp SYN 1p 60b"
                            : "10.1.10.11:5000" + i + " > 10.2.20.5:31031/tcp ACK PSH 9p 9000b");
            line.from("netflow/10.1.255.2/0");
            line.flows("10.1.10.11:5000" + i + " > 10.2.20.5:31031/tcp ACK PSH 9p 9000b");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void sourcesAreJudgedApart() {
        line.later(10).flows(SYN.formatted(1));
        line.from("netflow/10.2.255.1/0").later(10).flows(SYN.formatted(1));
        line.from("netflow/10.3.255.1/0").later(10).flows(SYN.formatted(1));
        assertEquals(List.of(), told());
    }

    @Test
    void aSynThatCarriesDataIsNoPlainAttempt() {
        for (int i = 1; i <= 3; i++) {
            line.later(10).flows("10.1.10.11:" + i + " > 10.2.20.5:31031/tcp SYN 1p 81b");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void outsideLinksOnlyWhatWorkedWithinAWeekIsBlocked() {
        String syn = SERVICE + "SYN 1p 60b";
        for (int i = 1; i <= 5; i++) {
            line.later(30).flows(syn.formatted(i));
        }
        assertEquals(List.of(), told());
        line.later(30).flows((SERVICE + "SYN ACK PSH 9p 9000b").formatted(6));
        for (int i = 7; i <= 9; i++) {
            line.later(30).flows(syn.formatted(i));
        }
        assertEquals(List.of("22:04:30 client/10.1.10.11 BLOCKED UNANSWERED 3"), told());
        assertNull(last().getLink());
        line.later(8 * 24 * 3600).flows();
        assertEquals("CLEAR", last().getState());
        assertEquals("STOPPED", last().getEvidence());
        for (int i = 1; i <= 5; i++) {
            line.later(30).flows(syn.formatted(i));
        }
        assertEquals(2, told().size());
    }

    @Test
    void aLinkThatNeverWorkedIsBlockedAllTheSame() {
        for (int i = 1; i <= 3; i++) {
            line.later(30).flows(SYN.formatted(i));
        }
        assertEquals("BLOCKED", last().getState());
        assertNull(last().getLastGood());
    }

    @Test
    void rulesThatProbeNeverCount() {
        // Druva's proxy connects to 3389 or 22 of a VM without payload, by design.
        line.flows("10.1.30.5:50000 > 10.2.50.7:3389/tcp SYN ACK PSH 9p 9000b");
        for (int i = 1; i <= 6; i++) {
            line.later(30).flows("10.1.30.5:5000" + i + " > 10.2.50.7:3389/tcp SYN 1p 60b");
            line.flows("10.1.30.5:5000" + i + " > 10.2.50.7:3389/tcp rejected 1p 60b");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void whatNobodyExpectsIsNotBlocked() {
        for (int i = 1; i <= 6; i++) {
            line.later(30).flows("10.9.9.9:5000" + i + " > 10.2.20.5:31031/tcp SYN 1p 60b");
            line.flows("10.1.10.11:5000" + i + " > 10.2.20.5:4711/tcp rejected 1p 60b");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void whenNobodyTriesAnyMoreItIsOver() {
        for (int i = 1; i <= 3; i++) {
            line.later(30).flows(SYN.formatted(i));
        }
        // The deadline of the link is 22.5 min, and the source reports 90 s late.
        line.at("22:25:29").flows();
        assertEquals(1, told().size());
        line.at("22:25:31").flows();
        assertEquals("22:01:30 link/dr-lyon CLEAR STOPPED 3", told().get(1));
    }

    @Test
    void aSilentSourceEndsNothing() {
        for (int i = 1; i <= 3; i++) {
            line.later(30).flows(SYN.formatted(i));
        }
        line.from("netflow/10.2.255.1/0").at("23:30:00").flows();
        assertEquals(1, told().size());
    }

    @Test
    void ofAForgottenSourceEverythingIsOver() {
        for (int i = 1; i <= 3; i++) {
            line.later(30).flows(SYN.formatted(i));
        }
        line.forget(NETFLOW);
        line.from("netflow/10.2.255.1/0").flows();
        assertEquals("22:01:30 link/dr-lyon CLEAR STOPPED 3", told().get(1));
    }

    @Test
    void anIcmpErrorSaysWhyASynIsNotAnswered() {
        for (int i = 1; i <= 3; i++) {
            // A router that rejects answers in its own name.
            line.later(10)
                    .flows(
                            SYN.formatted(50_000 + i),
                            "10.2.255.1 > 10.1.10.11/icmp icmp=3/13 3p 264b");
        }
        assertEquals(List.of("22:00:30 link/dr-lyon BLOCKED UNREACHABLE 3"), told());
    }

    @Test
    void aHeartbeatOverUdpIsRefusedByIcmpAloneThoughItsDatagramsGoOut() {
        String beat = "10.1.10.11:41000 > 10.1.20.2:902/udp 6p 600b for=50";
        for (int i = 1; i <= 4; i++) {
            line.later(60).flows(beat, "10.1.20.2 > 10.1.10.11/icmp icmp=3/3 6p 700b for=50");
        }
        assertEquals(
                List.of(
                        "22:03:00 link/beats BLOCKED UNREACHABLE 3",
                        "22:04:00 link/beats UPDATE UNREACHABLE 4"),
                told());
        line.later(60).flows(beat);
        assertEquals(2, told().size());
        line.later(120).flows(beat);
        assertEquals("22:07:00 link/beats CLEAR PAYLOAD 4", told().get(2));
    }

    @Test
    void whatARouterSaysOfOneConversationIsNotSaidOfTheHeartbeatBesideIt() {
        String beat = "10.1.10.11:41000 > 10.1.20.2:902/udp 6p 600b for=50";
        for (int i = 1; i <= 6; i++) {
            line.later(60).flows(beat, "10.2.255.1 > 10.1.10.11/icmp icmp=3/13 3p 264b for=50");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void aFragmentThatIsTooLongIsNotUnreachable() {
        for (int i = 1; i <= 6; i++) {
            line.later(60).flows("10.1.20.2 > 10.1.10.11/icmp icmp=3/4 6p 700b");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void clampedFlowsAreNoEvidence() {
        for (int i = 1; i <= 6; i++) {
            line.later(30).flows(SYN.formatted(i) + " clamped");
        }
        assertEquals(List.of(), told());
    }

    @Test
    void aChangedLinkBeginsAnew() {
        for (int i = 1; i <= 3; i++) {
            line.later(30).flows(SYN.formatted(i));
        }
        line.estate(ESTATE.replace("name: dr-lyon", "name: dr-two"));
        for (int i = 4; i <= 6; i++) {
            line.later(30).flows(SYN.formatted(i));
        }
        assertEquals(
                List.of(
                        "22:01:30 link/dr-lyon BLOCKED UNANSWERED 3",
                        "22:01:30 link/dr-lyon CLEAR STOPPED 3",
                        "22:03:00 link/dr-two BLOCKED UNANSWERED 3"),
                told());
    }

    @Test
    void theLeastRecentlyTriedMakesRoom() {
        var small = new Timeline(memory -> new Blockage(memory, 4), ESTATE).restartingAlways();
        for (int round = 0; round < 3; round++) {
            small.later(30);
            for (int host = 1; host <= 4; host++) {
                small.flows("10.1.10." + host + ":9 > 10.2.20.5:31031/tcp SYN 1p 60b");
            }
        }
        assertEquals(4, small.found().size());
        small.later(30).flows("10.1.10.1:9 > 10.2.20.5:31031/tcp SYN 1p 60b");
        small.flows("10.1.10.9:9 > 10.2.20.5:31031/tcp SYN 1p 60b");
        assertEquals(5, small.found().size());
        Attempt evicted = (Attempt) small.found().get(4).body();
        assertEquals("10.1.10.2", evicted.getTalk().getClient());
        assertEquals("STOPPED", evicted.getEvidence());
    }
}
