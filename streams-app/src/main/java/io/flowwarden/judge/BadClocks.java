package io.flowwarden.judge;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import java.time.Duration;

/**
 * Moves event times that cannot be to the time of receipt, so that an exporter whose clock stands
 * in 1970 or 2099 bends no window and no clock but its own. For datagrams only: they come as soon
 * as they are sent, while a log may be a year old.
 *
 * <p>The time of a flow is its end; it keeps its duration when that is moved. A start long before
 * is no fault of a clock: sessions last days, and some exporters report them once.
 */
final class BadClocks {
    private static final long OLDEST = Duration.ofDays(1).toMillis();
    private static final long LATEST = Duration.ofMinutes(5).toMillis();

    /** Beyond it a start is the time of a device that did not know the time yet. */
    private static final long LONGEST = Duration.ofDays(366).toMillis();

    private BadClocks() {}

    /**
     * Measures every flow against the time at which the batch was received.
     *
     * @return how many were moved; they are marked as clamped
     */
    static int correct(FlowBatch batch) {
        long received = batch.origin().receivedAt();
        return isPlain(batch, received) ? 0 : correctRows(batch, received);
    }

    /**
     * Whether nothing needs a second look. Values of rows that export no time are left over and may
     * ask for one in vain, which costs no more than the look.
     */
    private static boolean isPlain(FlowBatch batch, long received) {
        long[] starts = batch.column(FlowColumn.START);
        long[] ends = batch.column(FlowColumn.END);
        long firstStart = received;
        long lastStart = received;
        long firstEnd = received;
        long lastEnd = received;
        int rows = batch.size();
        for (int row = 0; row < rows; row++) {
            firstStart = Math.min(firstStart, starts[row]);
            lastStart = Math.max(lastStart, starts[row]);
            firstEnd = Math.min(firstEnd, ends[row]);
            lastEnd = Math.max(lastEnd, ends[row]);
        }
        return firstEnd >= received - OLDEST
                && lastEnd <= received + LATEST
                && firstStart >= received - LONGEST
                && lastStart <= received + LATEST;
    }

    private static int correctRows(FlowBatch batch, long received) {
        int moved = 0;
        for (int row = 0; row < batch.size(); row++) {
            long end = batch.get(row, FlowColumn.END, received);
            long start = batch.get(row, FlowColumn.START, end);
            if (end < received - OLDEST || end > received + LATEST) {
                long duration = end - start;
                boolean sane = duration >= 0 && duration <= OLDEST;
                move(batch, row, sane ? received - duration : received, received);
                moved++;
            } else if (start < received - LONGEST || start > received + LATEST) {
                move(batch, row, end, end);
                moved++;
            }
        }
        return moved;
    }

    private static void move(FlowBatch batch, int row, long start, long end) {
        batch.set(row, FlowColumn.START, start);
        batch.set(row, FlowColumn.END, end);
        batch.set(row, FlowColumn.CLAMPED, 1);
    }
}
