package io.flowwarden.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BadClocksTest {
    private static final long RECEIVED = Instant.parse("2026-11-20T22:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long FIVE_MINUTES = Duration.ofMinutes(5).toMillis();
    private static final long TIMES =
            FlowColumn.bit(FlowColumn.START) | FlowColumn.bit(FlowColumn.END);

    private final FlowBatch batch = new FlowBatch();

    @Test
    void theWindowIsADayBackAndFiveMinutesAhead() {
        begin();
        add(RECEIVED - DAY, RECEIVED - DAY);
        add(RECEIVED + FIVE_MINUTES, RECEIVED + FIVE_MINUTES);
        assertEquals(0, BadClocks.correct(batch));
        add(RECEIVED - DAY - 1, RECEIVED - DAY - 1);
        add(RECEIVED + FIVE_MINUTES + 1, RECEIVED + FIVE_MINUTES + 1);
        assertEquals(2, BadClocks.correct(batch));
        assertRow(0, RECEIVED - DAY, RECEIVED - DAY, 0);
        assertRow(1, RECEIVED + FIVE_MINUTES, RECEIVED + FIVE_MINUTES, 0);
        assertRow(2, RECEIVED, RECEIVED, 1);
        assertRow(3, RECEIVED, RECEIVED, 1);
    }

    @Test
    void theDurationIsKeptWhereItCanBe() {
        begin();
        long in2099 = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
        add(in2099 - 10_000, in2099);
        add(3_000, 4_000);
        add(in2099, 5);
        add(5, in2099);
        assertEquals(4, BadClocks.correct(batch));
        assertRow(0, RECEIVED - 10_000, RECEIVED, 1);
        assertRow(1, RECEIVED - 1_000, RECEIVED, 1);
        assertRow(2, RECEIVED, RECEIVED, 1);
        assertRow(3, RECEIVED, RECEIVED, 1);
    }

    @Test
    void aSessionOfDaysIsNoBadClockButAStartOf1970Is() {
        begin();
        add(RECEIVED - 20 * DAY, RECEIVED - 5);
        add(60_000, RECEIVED - 5);
        assertEquals(1, BadClocks.correct(batch));
        assertRow(0, RECEIVED - 20 * DAY, RECEIVED - 5, 0);
        assertRow(1, RECEIVED - 5, RECEIVED - 5, 1);
    }

    @Test
    void aFlowThatStatesNoTimeIsNeverMoved() {
        begin();
        add(5, 5);
        begin();
        batch.add(0);
        assertEquals(0, BadClocks.correct(batch), "what the row before left there is not its time");
        assertEquals(0, batch.present(0));
    }

    @Test
    void whateverTheTimesNoEndIsLeftOutsideTheWindow() {
        var random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            begin();
            int rows = 1 + random.nextInt(5);
            for (int row = 0; row < rows; row++) {
                add(time(random), time(random));
            }
            int moved = BadClocks.correct(batch);
            for (int row = 0; row < rows; row++) {
                long end = batch.get(row, FlowColumn.END);
                assertEquals(end, Math.max(RECEIVED - DAY, Math.min(RECEIVED + FIVE_MINUTES, end)));
                moved -= (int) batch.get(row, FlowColumn.CLAMPED, 0);
            }
            assertEquals(0, moved);
            assertEquals(0, BadClocks.correct(batch), "a second time");
        }
    }

    private static long time(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt();
            case 2 -> RECEIVED + random.nextInt();
            default -> RECEIVED - random.nextInt(1_000_000);
        };
    }

    private void begin() {
        batch.begin(new Origin("netflow/10.0.0.1/0", "10.0.0.1", RECEIVED, null));
    }

    private void add(long start, long end) {
        int row = batch.add(TIMES);
        batch.column(FlowColumn.START)[row] = start;
        batch.column(FlowColumn.END)[row] = end;
    }

    private void assertRow(int row, long start, long end, long clamped) {
        assertEquals(start, batch.get(row, FlowColumn.START));
        assertEquals(end, batch.get(row, FlowColumn.END));
        assertEquals(clamped, batch.get(row, FlowColumn.CLAMPED, 0));
    }
}
