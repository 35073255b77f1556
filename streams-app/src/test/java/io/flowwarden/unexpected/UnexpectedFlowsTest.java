package io.flowwarden.unexpected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.detect.Timeline;
import io.flowwarden.detect.Timeline.Found;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Transport;
import io.flowwarden.net.Address;
import io.flowwarden.schemas.Unexpected;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnexpectedFlowsTest {
    private static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16]}
              - {name: lyon, networks: [10.2.0.0/16]}
            endpoints:
              - {name: esx-paris, address: 10.1.10.0/24, roles: [esxi-host]}
              - {name: vr-lyon, address: 10.2.20.5, roles: [vr-appliance, vr-server]}
              - {name: pcs, address: 10.1.80.0/24, roles: [client-pc]}
            links:
              - {name: dr-lyon, kind: replication, from: esx-paris, to: vr-lyon, service: 31031/tcp, rpo: 15m}
            policies:
              - {name: no-telnet, deny: {services: [23/tcp]}, because: telnet is forbidden}
            """;

    private static final String STRANGER = "192.0.2.7:%d > 10.1.10.11:902/tcp SYN ACK PSH 5p 900b";

    private final Timeline line = new Timeline(UnexpectedFlows::new, ESTATE);

    private static Unexpected body(Found found) {
        return (Unexpected) found.body();
    }

    private List<String> told() {
        return line.found().stream()
                .map(
                        f ->
                                f.at().toString().substring(11, 19)
                                        + " "
                                        + f.key()
                                        + " "
                                        + body(f).getReason()
                                        + " "
                                        + body(f).getState()
                                        + " "
                                        + body(f).getCount())
                .toList();
    }

    private Unexpected last() {
        return body(line.found().get(line.found().size() - 1));
    }

    @Test
    void aStrangerIsToldOnceThenAtDoublingsOrAfterFiveMinutes() {
        for (int i = 0; i < 9; i++) {
            line.later(10).flows(STRANGER.formatted(51_000 + i));
        }
        line.later(300).flows(STRANGER.formatted(40_000));
        line.later(10).flows(STRANGER.formatted(40_001));
        assertEquals(
                List.of(
                        "22:00:10 client/192.0.2.7 UNKNOWN_PEER NEW 1",
                        "22:00:20 client/192.0.2.7 UNKNOWN_PEER UPDATE 2",
                        "22:00:40 client/192.0.2.7 UNKNOWN_PEER UPDATE 4",
                        "22:01:20 client/192.0.2.7 UNKNOWN_PEER UPDATE 8",
                        "22:06:30 client/192.0.2.7 UNKNOWN_PEER UPDATE 10"),
                told());
        Unexpected first = body(line.found().get(0));
        assertEquals("esx-paris", first.getTalk().getServerName());
        assertEquals(902, first.getTalk().getPort());
        assertEquals(1, first.getDistinct());
        assertEquals(900, first.getBytes());
        assertNotNull(first.getNearestRule());
        assertEquals("client-role", first.getFailedCondition());
        assertTrue(first.getExplanation().contains("UNKNOWN_PEER"), first.getExplanation());
        assertEquals(1, first.getSamples().size());
        assertEquals(9_000, last().getBytes());
        assertEquals(50, last().getPackets());
    }

    @Test
    void everyHourBeginsAnew() {
        line.at("22:59:50").flows(STRANGER.formatted(1));
        line.at("23:00:10").flows(STRANGER.formatted(2));
        // Late: it counts as of the present hour.
        line.at("22:59:59").flows(STRANGER.formatted(3));
        assertEquals(
                List.of(
                        "22:59:50 client/192.0.2.7 UNKNOWN_PEER NEW 1",
                        "23:00:10 client/192.0.2.7 UNKNOWN_PEER NEW 1",
                        "22:59:59 client/192.0.2.7 UNKNOWN_PEER UPDATE 2"),
                told());
    }

    @Test
    void payloadInBothDirectionsIsToldAtOnce() {
        for (int i = 0; i < 5; i++) {
            line.later(1).flows(STRANGER.formatted(51_000));
        }
        assertFalse(last().getBothWays());
        line.later(1).flows("10.1.10.11:902 > 192.0.2.7:51000/tcp ACK PSH 9p 9000b");
        assertTrue(last().getBothWays());
        assertEquals(6, last().getCount());
        line.flows("192.0.2.8:1 > 10.1.10.11:902/tcp ACK PSH 9p 9000b rp=9 rb=9000");
        assertTrue(last().getBothWays());
        line.flows("192.0.2.9:1 > 10.1.10.11:902/tcp SYN 3p 180b rp=3 rb=120");
        assertFalse(last().getBothWays());
        line.flows("192.0.2.10:1 > 10.1.10.11:902/tcp rejected 1p 900b rp=3 rb=9000");
        assertFalse(last().getBothWays());
    }

    @Test
    void aPolicyThatDeniesIsNamed() {
        line.flows("10.1.80.4:50000 > 10.1.10.11:23/tcp SYN 3p 180b");
        assertEquals("POLICY_DENIED", last().getReason());
        assertEquals("policy/no-telnet", last().getRule());
        assertEquals("policy", last().getFailedCondition());
    }

    @Test
    void sampledCountersAreScaled() {
        line.flows(STRANGER.formatted(1) + " sampling=100");
        assertEquals(90_000, last().getBytes());
        assertEquals(500, last().getPackets());
    }

    @Test
    void unencryptedReplicationIsToldOnceAnHourByLink() {
        String data = "10.1.10.%d:50000 > 10.2.20.5:31031/tcp SYN ACK PSH 9p 9000b";
        line.at("22:10:00").flows(data.formatted(1), data.formatted(2));
        line.at("22:50:00").flows(data.formatted(3));
        line.at("23:10:00").flows(data.formatted(3));
        // Attempts transfer nothing.
        line.at("23:30:00").flows("10.1.10.4:50000 > 10.2.20.5:31031/tcp SYN 3p 180b");
        assertEquals(
                List.of(
                        "22:10:00 link/dr-lyon UNENCRYPTED NEW 1",
                        "23:10:00 link/dr-lyon UNENCRYPTED NEW 1"),
                told());
        assertEquals("dr-lyon", last().getLink());
        assertEquals("replication", last().getCategory());
    }

    @Test
    void whatIsExpectedPlausibleOrOutOfScopeIsNotTold() {
        line.flows(
                "10.1.80.4:50000 > 192.0.2.2:443/tcp SYN ACK PSH 9p 9000b",
                "192.0.2.1:50000 > 192.0.2.2:443/tcp SYN ACK PSH 9p 9000b",
                "10.1.10.11:50000 > 10.2.20.5:31031/tcp SYN 1p 60b");
        assertEquals(List.of(), told());
    }

    @Test
    void aMillionFlowsOfAScannerAreOneOverflowInLittleMemory() {
        int total = 1_000_000;
        int batch = 5_000;
        for (int done = 0; done < total; done += batch) {
            int from = done;
            line.rows(
                    batch,
                    (flows, row, now) -> {
                        int n = from + row;
                        flows.setAddress(row, FlowColumn.SRC_HI, 0, v4("192.0.2.7"));
                        flows.setAddress(row, FlowColumn.DST_HI, 0, v4("10.1.10.0") + (n & 0xff));
                        flows.set(row, FlowColumn.SRC_PORT, 40_000);
                        flows.set(row, FlowColumn.DST_PORT, 20_000 + (n >>> 8));
                        flows.set(row, FlowColumn.PROTOCOL, Transport.TCP);
                        flows.set(row, FlowColumn.TCP_FLAGS, 2);
                        flows.set(row, FlowColumn.PACKETS, 1);
                        flows.set(row, FlowColumn.BYTES, 44);
                        flows.set(row, FlowColumn.START, now);
                        flows.set(row, FlowColumn.END, now);
                    });
        }
        List<Found> overflows =
                line.found().stream().filter(f -> body(f).getState().equals("OVERFLOW")).toList();
        List<Found> named =
                line.found().stream().filter(f -> body(f).getState().equals("NEW")).toList();
        assertEquals(64, named.size());
        assertEquals(65, body(overflows.get(0)).getDistinct());
        assertEquals(1, body(overflows.get(0)).getCount());
        // At doublings only: 65, 130, 260 and so on.
        assertEquals(14, overflows.size(), () -> overflows.toString());
        assertTrue(overflows.stream().allMatch(f -> f.key().equals("client/192.0.2.7")));
        assertEquals(64 + 14, line.found().size());
        int last = body(overflows.get(13)).getDistinct();
        long seen = body(overflows.get(13)).getCount() + 64;
        assertTrue(Math.abs(last - seen) < seen / 7.0, last + " of " + seen);
        assertTrue(line.memory().bytes() < 500_000, () -> line.memory().bytes() + " bytes");
    }

    @Test
    void aServerWithTooManyStrangersIsOneOverflowOfTheServer() {
        for (int i = 0; i < 20_000; i += 1_000) {
            int from = i;
            line.rows(
                    1_000,
                    (flows, row, now) -> {
                        flows.setAddress(row, FlowColumn.SRC_HI, 0, v4("198.18.0.0") + from + row);
                        flows.setAddress(row, FlowColumn.DST_HI, 0, v4("10.1.10.11"));
                        flows.set(row, FlowColumn.SRC_PORT, 40_000);
                        flows.set(row, FlowColumn.DST_PORT, 902);
                        flows.set(row, FlowColumn.PROTOCOL, Transport.TCP);
                        flows.set(row, FlowColumn.TCP_FLAGS, 2);
                        flows.set(row, FlowColumn.END, now);
                    });
        }
        List<String> states = line.found().stream().map(f -> body(f).getState()).toList();
        assertEquals(32, states.stream().filter("NEW"::equals).count());
        assertEquals("SERVER_OVERFLOW", states.get(32));
        assertEquals("server/10.1.10.11", line.found().get(32).key());
        assertTrue(states.size() <= 32 + 10, states::toString);
        assertTrue(last().getDistinct() > 8_000 && last().getDistinct() < 23_000);
        // Those that were named stay so.
        line.flows("198.18.0.3:1 > 10.1.10.11:902/tcp SYN 1p 40b");
        assertEquals("UPDATE", last().getState());
    }

    @Test
    void aClientOfARoleIsToldToAllWhenItBeginsToHaveTooManyAndAStrangerIsNot() {
        for (int i = 0; i < 40; i++) {
            line.flows("10.1.80.4:50000 > 10.1.10.%d:23/tcp SYN 3p 180b".formatted(i + 1));
            line.flows("192.0.2.7:50000 > 10.1.10.%d:23/tcp SYN 3p 180b".formatted(i + 1));
        }
        List<Found> all =
                line.found().stream().filter(f -> body(f).getState().equals("CROWD")).toList();
        assertEquals(1, all.size(), all::toString);
        assertEquals("*", all.get(0).key());
        assertEquals(33, body(all.get(0)).getDistinct());
        assertEquals(List.of("client-pc"), body(all.get(0)).getTalk().getClientRoles());
        // Before its own, so that whoever settles that knows.
        Found next = line.found().get(line.found().indexOf(all.get(0)) + 1);
        assertEquals(
                "client/10.1.80.4 NEW 33",
                next.key() + " " + body(next).getState() + " " + body(next).getDistinct());
    }

    @Test
    void theClientWhoseHourBeganFirstIsForgotten() {
        var small = new Timeline(memory -> new UnexpectedFlows(memory, 3), ESTATE);
        String flow = "192.0.2.%d:1 > 10.1.10.%d:902/tcp SYN 1p 40b";
        for (int client : new int[] {1, 2, 3, 1, 4, 1, 2}) {
            small.flows(flow.formatted(client, client));
            small.restart();
        }
        List<String> told =
                small.found().stream()
                        .map(f -> f.key().substring(15) + body(f).getState().charAt(0))
                        .toList();
        assertEquals(List.of("1N", "2N", "3N", "1U", "4N", "1N", "2N"), told);
        assertEquals(6, ((UnexpectedFlows) small.detector()).size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aRestartAfterAnyRecordChangesNoFinding(long seed) {
        List<Found> calm = play(seed, 0);
        assertTrue(calm.size() > 500, () -> calm.size() + " findings");
        assertEquals(calm, play(seed, 1));
        assertEquals(calm, play(seed, 5));
    }

    private static List<Found> play(long seed, int every) {
        var random = new Random(seed);
        var line = new Timeline(memory -> new UnexpectedFlows(memory, 20), ESTATE);
        line.at("10:00:00");
        for (int record = 1; record <= 700; record++) {
            line.later(random.nextInt(60) - 15);
            line.from("netflow/10.1.255." + (1 + random.nextInt(2)) + "/0");
            var flows = new ArrayList<String>();
            for (int f = random.nextInt(12); f >= 0; f--) {
                flows.add(flow(random));
            }
            if (random.nextInt(150) == 0) {
                line.forget("netflow/10.1.255.1/0");
            }
            line.flows(flows.toArray(String[]::new));
            if (every > 0 && record % every == 0) {
                line.restart();
            }
        }
        return line.found();
    }

    private static String flow(Random random) {
        // One that scans, some that come once, some that come often.
        String client =
                switch (random.nextInt(3)) {
                    case 0 -> "192.0.2.7";
                    case 1 -> "192.0.2." + random.nextInt(30);
                    default -> "198.51.100." + random.nextInt(120);
                };
        int port = client.equals("192.0.2.7") ? 900 + random.nextInt(300) : 902;
        String server = random.nextBoolean() ? "10.1.10.11" : "10.1.10." + random.nextInt(90);
        String both = random.nextInt(4) == 0 ? " rp=9 rb=9000" : "";
        return random.nextInt(9) == 0
                ? "10.1.10.5:50000 > 10.2.20.5:31031/tcp SYN ACK PSH 9p 9000b"
                : client + ":50000 > " + server + ":" + port + "/tcp SYN 2p 900b" + both;
    }

    private static long v4(String address) {
        return Address.parse(address)[1];
    }
}
