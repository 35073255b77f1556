package io.flowwarden.witness;

import static io.flowwarden.witness.Timeline.talk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found does not depend on when the witness was stopped and went on. */
class RestartTest {
    private static final String LINKS =
            """
              - {name: dr, kind: replication, from: esx-paris, to: vcenter-lyon, service: 31031/tcp, rpo: 4m, or-reverse: true}
              - {name: nightly, kind: backup, from: esx-paris, to: vcenter-lyon, service: 902/tcp, window: {start: "00:10", end: "00:50", zone: UTC}}
            """;

    @Test
    void aRestartBeforeAnyRecordChangesNoFinding() {
        for (int seed = 0; seed < 12; seed++) {
            Timeline day = day(new Random(seed));
            List<String> calm = day.run(event -> false);
            assertTrue(calm.stream().anyMatch(line -> line.contains("LOST")));
            assertEquals(calm, day.run(event -> true), "seed " + seed);
            var random = new Random(seed);
            for (int run = 0; run < 10; run++) {
                int at = random.nextInt(day.size());
                assertEquals(calm, day.run(event -> event == at), "seed " + seed + " at " + at);
            }
        }
    }

    /** Two exporters that come and go, lose datagrams and have their clocks set. */
    private static Timeline day(Random random) {
        String estate = HeartbeatTimelineTest.ESTATE + LINKS;
        var day = new Timeline(estate);
        day.ticks("00:00", "00:40").ticks("00:45", "01:00");
        day.estate(
                "00:" + (20 + random.nextInt(9)),
                estate.replace("misses: 4", "misses: " + (3 + random.nextInt(3))));
        for (int e = 0; e < 2; e++) {
            var exporter = day.exporter("10." + (e + 1) + ".255.1");
            long at = Timeline.MIDNIGHT;
            while (at < Timeline.time("01:00")) {
                boolean pause = random.nextInt(60) == 0;
                at += 100 + random.nextInt(pause ? 400_000 : 20_000);
                if (random.nextInt(80) == 0) {
                    exporter.skew((random.nextInt(3) - 1) * 200_000L);
                }
                boolean quiet = at > Timeline.time("00:30") && at < Timeline.time("00:38");
                int what = random.nextInt(100);
                int host = quiet ? 1 + random.nextInt(2) : 1 + random.nextInt(20);
                long length = random.nextInt(100_000);
                long bytes = 60 + random.nextInt(100_000);
                int flows = random.nextInt(4);
                long end = at - random.nextInt(30_000);
                exporter.sends(
                        at,
                        (batch, report) -> {
                            if (what < 4) {
                                report.lost(1 + what * 3, false);
                            } else if (what < 7) {
                                report.skip(100);
                            }
                            for (int i = 0; i < flows && what > 6; i++) {
                                var one = "10.1.10." + (host + i) + " > 10.2.20.2:";
                                String service =
                                        i == 0 ? "902/udp" : i == 1 ? "31031/tcp" : "902/tcp";
                                var talk = talk(one + service).bytes(bytes, 1 + length / 10_000);
                                if (what == 99) {
                                    talk.clamped();
                                }
                                talk.lasted(length).add(batch, end);
                            }
                        });
            }
        }
        return day;
    }
}
