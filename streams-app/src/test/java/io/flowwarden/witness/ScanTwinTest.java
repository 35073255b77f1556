package io.flowwarden.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScanTwinTest {
    private static final long DEADLINE = 120_000;

    @Test
    void whatIsLostAndSeenAgainIsWhatALookAtEveryMemberFinds() {
        int lost = 0;
        for (int seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            long start = Timeline.time("00:00");
            var day = new Timeline(HeartbeatTimelineTest.ESTATE).ticks("00:00", "00:00:01");
            var exporter = day.exporter("10.1.255.1");
            var twin = new ScanTwin(DEADLINE, start);
            int members = 1 + random.nextInt(60);
            for (long at = start; at < start + 1_800_000; at += 1 + random.nextInt(5_000)) {
                // Some are seen much more often than others.
                var hosts = new ArrayList<String>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    hosts.add("10.1.10." + (1 + random.nextInt(1 + random.nextInt(members))));
                }
                long end = at - random.nextInt(60_000);
                twin.record(at, hosts.stream().map(host -> host + ">10.2.20.2").toList(), end);
                exporter.sends(
                        at,
                        (flows, report) ->
                                hosts.forEach(
                                        host -> HeartbeatTimelineTest.beat(host).add(flows, end)));
            }
            List<String> found =
                    day.run(event -> false).stream()
                            .filter(line -> line.matches("\\S+ (SEES|LOST) .*"))
                            .sorted()
                            .toList();
            assertEquals(twin.lines().stream().sorted().toList(), found, "seed " + seed);
            lost += (int) found.stream().filter(line -> line.contains("LOST")).count();
        }
        assertTrue(lost > 100, lost + " lost in all");
    }
}
