package io.flowwarden.blockage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.detect.Timeline;
import io.flowwarden.detect.Timeline.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartsTest {
    private static final String[] SOURCES = {
        Timeline.NETFLOW, "aws/fl-1", "azure/nsg", "netflow/10.1.255.77/0"
    };

    private static final String[] REST = {
        "SYN 3p 180b",
        "SYN 1p 60b",
        "SYN 1p 60b rejected",
        "rejected 1p 60b",
        "SYN ACK PSH 9p 9000b",
        "SYN ACK FIN 4p 220b",
        "accepted 4p 200b",
        "accepted",
        "SYN 1p 60b clamped"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aRestartAfterAnyRecordChangesNoFinding(long seed) {
        List<Found> calm = play(seed, 0);
        assertTrue(calm.size() > 50, calm::toString);
        assertEquals(calm, play(seed, 1));
        assertEquals(calm, play(seed, 7));
    }

    /**
     * @param every a restart after so many records, 0 is never
     */
    private static List<Found> play(long seed, int every) {
        var random = new Random(seed);
        // Room for fewer than are tried, so that the order of going counts too.
        var line = new Timeline(memory -> new Blockage(memory, 12), BlockageTest.ESTATE);
        for (int record = 1; record <= 1_500; record++) {
            line.later(random.nextInt(40)).from(SOURCES[random.nextInt(SOURCES.length)]);
            var flows = new ArrayList<String>();
            for (int f = random.nextInt(4); f >= 0; f--) {
                flows.add(flow(random));
            }
            // Another source takes its place with this record.
            if (random.nextInt(200) == 0) {
                line.forget(SOURCES[random.nextInt(SOURCES.length)]);
            }
            line.flows(flows.toArray(String[]::new));
            if (every > 0 && record % every == 0) {
                line.restart();
            }
        }
        return line.found();
    }

    private static String flow(Random random) {
        int host = 1 + random.nextInt(6);
        String client = "10.1.10." + host + ":" + (50_000 + random.nextInt(5));
        String at = random.nextInt(3) == 0 ? " if=eni-" + random.nextInt(2) : "";
        String rest = REST[random.nextInt(REST.length)] + at;
        return switch (random.nextInt(8)) {
            case 0 -> "10.2.20.5:31031 > " + client + "/tcp RST ACK 1p 40b" + at;
            case 1 -> "10.1.20.2 > 10.1.10." + host + "/icmp icmp=3/3 1p 56b";
            case 2 -> client + " > 10.1.20.2:902/udp 1p 100b" + at;
            case 3 -> client + " > 10.1.20.2:5989/tcp " + rest;
            default -> client + " > 10.2.20.5:31031/tcp " + rest;
        };
    }
}
