package io.flowwarden.decode.netflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeReport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Loss, told apart from everything else that bends a sequence. */
class SequenceTest {
    private static final int UPTIME = 1_000_000;

    private final DecodeReport report = new DecodeReport();
    private long lost;
    private long recovered;
    private int reordered;
    private int restarts;

    private void take(Sequence sequence, int number, int records, int uptime) {
        take(sequence, number, records, true, uptime);
    }

    private void take(Sequence sequence, int number, int records, boolean hasUptime, int uptime) {
        report.begin();
        sequence.take(number, records, hasUptime, uptime, report);
        lost += report.lostDatagrams() + report.lostRecords();
        recovered += report.recoveredDatagrams() + report.recoveredRecords();
        reordered += report.reordered();
        restarts += report.restarts();
    }

    private void assertCounted(long lost, long recovered, int reordered, int restarts) {
        assertEquals(
                List.of(lost, recovered, (long) reordered, (long) restarts),
                List.of(this.lost, this.recovered, (long) this.reordered, (long) this.restarts));
    }

    @Test
    void datagramsInOrderLoseNothingAcrossTheWrap() {
        var packets = new Sequence(false);
        var records = new Sequence(true);
        int number = -1_000;
        for (int i = 0; i < 200; i++) {
            take(packets, -100 + i, 7, UPTIME + i);
            take(records, number, i % 30, UPTIME + i);
            number += i % 30;
        }
        assertTrue(number > 0);
        assertCounted(0, 0, 0, 0);
    }

    @Test
    void theFirstDatagramIsNoLoss() {
        take(new Sequence(false), 123_456, 1, UPTIME);
        assertCounted(0, 0, 0, 0);
    }

    @Test
    void aGapIsLossInTheUnitOfItsVersion() {
        var packets = new Sequence(false);
        take(packets, 10, 24, UPTIME);
        take(packets, 14, 24, UPTIME + 1);
        assertEquals(3, report.lostDatagrams());
        var records = new Sequence(true);
        take(records, 100, 24, UPTIME);
        take(records, 200, 24, UPTIME + 1);
        assertEquals(76, report.lostRecords());
        assertEquals(0, report.lostDatagrams());
    }

    @Test
    void templatesAloneMoveNoRecordSequence() {
        var records = new Sequence(true);
        take(records, 500, 0, false, 0);
        take(records, 500, 0, false, 0);
        take(records, 500, 3, false, 0);
        take(records, 503, 0, false, 0);
        assertCounted(0, 0, 0, 0);
    }

    @Test
    void whatComesLateIsTakenBack() {
        var packets = new Sequence(false);
        for (int number : new int[] {1, 2, 5, 4, 3, 6}) {
            take(packets, number, 24, UPTIME + number);
        }
        assertCounted(2, 2, 2, 0);
        var records = new Sequence(true);
        for (int datagram : new int[] {0, 1, 4, 3, 2, 5}) {
            take(records, datagram * 24, 24, UPTIME + datagram);
        }
        assertCounted(2 + 48, 2 + 48, 4, 0);
    }

    @Test
    void aDatagramThatComesTwiceIsNeitherLossNorRestart() {
        var packets = new Sequence(false);
        for (int number = 1; number < 50; number++) {
            take(packets, number, 24, UPTIME + number);
            take(packets, number, 24, UPTIME + number);
        }
        assertCounted(0, 0, 49, 0);
    }

    @Test
    void anyOrderWithinAWindowOfEightLosesWhatIsReallyMissing() {
        var random = new Random(7);
        for (int run = 0; run < 300; run++) {
            lost = 0;
            recovered = 0;
            var records = new Sequence(true);
            int numbers = random.nextInt();
            var sent = new ArrayList<int[]>();
            int number = numbers;
            for (int i = 0; i < 64; i++) {
                int count = 2 + random.nextInt(20);
                sent.add(new int[] {number, count});
                number += count;
            }
            int missing = 0;
            for (int i = 60; i > 8; i -= 7) {
                missing += sent.remove(i)[1];
            }
            for (int i = 8; i + 4 < sent.size() - 4; i += 4) {
                Collections.shuffle(sent.subList(i, i + 4), random);
            }
            for (int[] each : sent) {
                take(records, each[0], each[1], UPTIME);
            }
            assertEquals(missing, lost - recovered, "run " + run);
        }
        assertEquals(0, restarts);
    }

    @Test
    void aRestartIsSeenByUptimeWhereverTheSequenceGoes() {
        for (int number : new int[] {0, 900, 1_300, 5_000_000}) {
            var packets = new Sequence(false);
            take(packets, 1_000, 24, 3_600_000);
            take(packets, number, 24, 5_000);
            take(packets, number + 1, 24, 6_000);
        }
        assertCounted(0, 0, 0, 4);
    }

    @Test
    void uptimeThatWrapsIsNoRestart() {
        var packets = new Sequence(false);
        take(packets, 1, 24, -1_000);
        take(packets, 3, 24, 1_000);
        assertCounted(1, 0, 0, 0);
    }

    @Test
    void aRestartWithoutUptimeIsSeenByTheJumpBack() {
        var records = new Sequence(true);
        take(records, 10_000_000, 24, false, 0);
        take(records, 0, 24, false, 0);
        take(records, 24, 24, false, 0);
        assertCounted(0, 0, 0, 1);
        var young = new Sequence(true);
        take(young, 700, 24, false, 0);
        for (int i = 0; i < 5; i++) {
            take(young, 24 * i, 24, false, 0);
        }
        assertEquals(2, restarts);
        assertEquals(0, lost);
    }

    @Test
    void anExporterThatCountsFlowsInV9LosesNothing() {
        var random = new Random(3);
        var packets = new Sequence(false);
        int number = 40;
        for (int i = 0; i < 100; i++) {
            int flows = 2 + random.nextInt(28);
            take(packets, number, flows, UPTIME + i);
            number += flows;
        }
        assertCounted(0, 0, 0, 0);
        take(packets, number + 90, 5, UPTIME + 200);
        assertEquals(90, report.lostRecords());
    }

    @Test
    void anExporterThatCountsDatagramsInIpfixLosesNothing() {
        var records = new Sequence(true);
        for (int i = 0; i < 100; i++) {
            take(records, i, 2 + i % 20, false, 0);
        }
        assertCounted(0, 0, 0, 0);
    }

    @Test
    void aGapThatLooksLikeTheOtherUnitIsCountedOnceItsNeighboursDoNot() {
        var packets = new Sequence(false);
        take(packets, 1, 3, UPTIME);
        take(packets, 4, 3, UPTIME);
        take(packets, 5, 3, UPTIME);
        assertCounted(2, 0, 0, 0);
    }

    @Test
    void recordsThatNobodyCanCountAreNoLoss() {
        var records = new Sequence(true);
        take(records, 100, Sequence.UNKNOWN, false, 0);
        take(records, 130, 24, false, 0);
        take(records, 154, 24, false, 0);
        assertCounted(0, 0, 0, 0);
    }

    @Test
    void aSequenceGoesOnWhereItWasStored() {
        var random = new Random(5);
        var once = new Sequence(true);
        var stored = new Sequence(true);
        long undisturbed = 0;
        long restored = 0;
        int number = 0;
        for (int i = 0; i < 2_000; i++) {
            int records = random.nextInt(30);
            int at = number;
            switch (random.nextInt(12)) {
                case 0 -> at = number += random.nextInt(100);
                case 1 -> at -= random.nextInt(200);
                case 2 -> records = Sequence.UNKNOWN;
                default -> {
                    // In order.
                }
            }
            report.begin();
            once.take(at, records, false, 0, report);
            undisturbed += report.lostRecords() - report.recoveredRecords() + report.restarts();
            report.begin();
            var bytes = ByteBuffer.allocate(Sequence.MOST_BYTES);
            if (i > 0) {
                stored.write(bytes);
                stored = new Sequence(false);
                stored.read(bytes.flip());
            }
            stored.take(at, records, false, 0, report);
            restored += report.lostRecords() - report.recoveredRecords() + report.restarts();
            assertEquals(undisturbed, restored, "datagram " + i);
            number = at == number ? number + Math.max(0, records) : number;
        }
        assertTrue(undisturbed > 0);
    }
}
