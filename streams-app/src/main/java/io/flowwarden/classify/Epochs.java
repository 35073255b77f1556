package io.flowwarden.classify;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/**
 * Times between the last days of policies. Within an epoch the same policies hold, so the epoch of
 * a flow's end stands for its date.
 */
final class Epochs {
    static final int FOREVER = Integer.MAX_VALUE;

    /** First millisecond after each last day, ascending. */
    private final long[] ends;

    /**
     * @param untils last days, inclusive, ISO dates in UTC; null is no last day
     */
    Epochs(Collection<String> untils) {
        ends =
                untils.stream()
                        .filter(Objects::nonNull)
                        .mapToLong(Epochs::dayAfter)
                        .sorted()
                        .distinct()
                        .toArray();
    }

    /** Last epoch of a policy. */
    int last(String until) {
        return until == null ? FOREVER : Arrays.binarySearch(ends, dayAfter(until));
    }

    int at(long epochMillis) {
        int epoch = 0;
        while (epoch < ends.length && ends[epoch] <= epochMillis) {
            epoch++;
        }
        return epoch;
    }

    private static long dayAfter(String day) {
        try {
            return LocalDate.parse(day)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(day + " is no day", e);
        }
    }
}
