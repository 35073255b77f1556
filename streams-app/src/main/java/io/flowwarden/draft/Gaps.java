package io.flowwarden.draft;

import java.util.Arrays;

/**
 * Times between sightings, by a sample of bounded size: when it is full, every second one goes and
 * from then on only every second (fourth, eighth...) is taken. The longest is exact.
 */
final class Gaps {
    private static final int SAMPLES = 128;

    /** Two exporters, or both halves of a conversation, report one sighting within this time. */
    private static final long SAME_SIGHTING = 500;

    private int[] tenths = new int[8];
    private int size;
    private long taken;
    private int stride = 1;
    private long longest;
    private long last = Long.MIN_VALUE;

    /** A sighting at this time, epoch ms; one before the last is late news and no gap. */
    void sighted(long at) {
        long gap = last == Long.MIN_VALUE ? 0 : at - last;
        if (last != Long.MIN_VALUE && gap < SAME_SIGHTING) {
            return;
        }
        if (last != Long.MIN_VALUE) {
            longest = Math.max(longest, gap);
            take(gap);
        }
        last = at;
    }

    long count() {
        return taken;
    }

    /** Millitenths, to the tenth of a second; 0 where there is none. */
    long median() {
        return quantile(0.5);
    }

    /** Likewise, what 19 of 20 gaps do not exceed. */
    long usualLongest() {
        return quantile(0.95);
    }

    /** Millitenths. */
    long longest() {
        return longest;
    }

    private void take(long gap) {
        if (taken++ % stride != 0) {
            return;
        }
        if (size == SAMPLES) {
            size /= 2;
            for (int i = 0; i < size; i++) {
                tenths[i] = tenths[2 * i];
            }
            stride *= 2;
            if ((taken - 1) % stride != 0) {
                return;
            }
        }
        if (size == tenths.length) {
            tenths = Arrays.copyOf(tenths, size * 2);
        }
        tenths[size++] = (int) Math.min(Integer.MAX_VALUE, gap / 100);
    }

    private long quantile(double share) {
        if (size == 0) {
            return 0;
        }
        int[] sorted = Arrays.copyOf(tenths, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1L, Math.round(share * (size - 1)))] * 100L;
    }
}
