package io.flowwarden.draft;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hours of day, in UTC, that something keeps to: all of a day but its longest idle stretch. It
 * may pass midnight; the days are those it starts on.
 *
 * @param start minutes since midnight, like the others
 * @param startBy by when it had begun on every day, with half an hour to spare; -1 where that would
 *     lie beyond the end
 * @param starts the days on which it was seen to start
 * @param missed days between them, of weekdays on which it also started, without it
 */
record Nightly(int start, int startBy, int end, List<LocalDate> starts, List<LocalDate> missed) {
    /** Idle for less than this, it is nothing nightly. */
    private static final int FEWEST_IDLE = 4 * 12;

    /** Slots of a quarter of an hour, which times are rounded to. */
    private static final int ROUND = 3;

    private static final int SPARE = 6;

    /** From so many days on, what happened in a slot once is an exception. */
    private static final int DAYS_OF_A_HABIT = 5;

    /**
     * The window of this activity, or null where it keeps to none.
     *
     * @param slots busy ones, of {@link Activity}
     * @param observedFrom slot of the input's beginning; a window that was under way then is not
     *     asked when it started
     */
    static Nightly of(long[] slots, long observedFrom) {
        int day = Activity.SLOTS_A_DAY;
        var days = new TreeSet<Long>();
        int[] counts = new int[day];
        for (long slot : slots) {
            days.add(Math.floorDiv(slot, day));
            counts[(int) Math.floorMod(slot, (long) day)]++;
        }
        int exception = days.size() >= DAYS_OF_A_HABIT ? 1 : 0;
        int idleFrom = -1;
        int longest = 0;
        for (int from = 0; from < day; from++) {
            int length = 0;
            while (length < day && counts[(from + length) % day] <= exception) {
                length++;
            }
            if (length > longest) {
                longest = length;
                idleFrom = from;
            }
        }
        if (longest < FEWEST_IDLE || longest == day) {
            return null;
        }
        int first = (idleFrom + longest) % day;
        int start = first - first % ROUND;
        int length = Math.floorMod(idleFrom - start, day);
        var begins = new TreeMap<Long, Integer>();
        for (long slot : slots) {
            int offset = (int) Math.floorMod(slot - start, (long) day);
            if (offset < length) {
                begins.merge(Math.floorDiv(slot - start, (long) day), offset, Math::min);
            }
        }
        int end = (start + (length + ROUND - 1) / ROUND * ROUND + ROUND) % day;
        int latest =
                begins.entrySet().stream()
                        .filter(each -> each.getKey() * day + start >= observedFrom)
                        .mapToInt(Map.Entry::getValue)
                        .max()
                        .orElse(0);
        int by = (latest + SPARE + ROUND - 1) / ROUND * ROUND;
        boolean inside = by < Math.floorMod(end - start, day);
        List<LocalDate> starts = begins.keySet().stream().map(LocalDate::ofEpochDay).toList();
        return new Nightly(
                start * 5, inside ? (start + by) % day * 5 : -1, end * 5, starts, missed(starts));
    }

    private static List<LocalDate> missed(List<LocalDate> starts) {
        var missed = new ArrayList<LocalDate>();
        List<DayOfWeek> weekdays = starts.stream().map(LocalDate::getDayOfWeek).toList();
        LocalDate last = starts.get(starts.size() - 1);
        for (LocalDate day = starts.get(0); day.isBefore(last); day = day.plusDays(1)) {
            if (weekdays.contains(day.getDayOfWeek()) && !starts.contains(day)) {
                missed.add(day);
            }
        }
        return missed;
    }

    /** {@code mon}, {@code tue}...: weekdays on which it started. */
    List<String> days() {
        return starts.stream()
                .map(LocalDate::getDayOfWeek)
                .distinct()
                .sorted()
                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                .toList();
    }

    /** {@code 22:00}. */
    static String time(int minutes) {
        return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }
}
