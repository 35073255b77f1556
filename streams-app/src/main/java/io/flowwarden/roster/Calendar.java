package io.flowwarden.roster;

import io.flowwarden.schemas.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Times of day that recur on some days, on the clock of a place. A local time that DST skips moves
 * forward; of a doubled one, a start takes the first and an end the second (design: the estate).
 */
public final class Calendar {
    private static final int DAY_MINUTES = 24 * 60;

    /**
     * One opening.
     *
     * @param start epoch ms
     * @param startBy epoch ms by which it must have begun; the end where nothing is said
     * @param end epoch ms
     */
    public record Opening(long start, long startBy, long end) {
        public boolean contains(long at) {
            return at >= start && at < end;
        }
    }

    private final int start;
    private final Integer startBy;
    private final int end;
    private final ZoneId zone;
    private final Set<DayOfWeek> days;

    /**
     * @param days mon to sun on which it opens; empty is every day
     */
    public Calendar(Window window, List<String> days) {
        start = window.getStart();
        startBy = window.getStartBy();
        end = window.getEnd();
        zone = ZoneId.of(window.getZone());
        this.days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (days.isEmpty()
                    || days.contains(day.name().substring(0, 3).toLowerCase(Locale.ROOT))) {
                this.days.add(day);
            }
        }
    }

    /** The opening that the time lies in, or else the last before it, within eight days. */
    public Opening lastBefore(long at) {
        LocalDate date = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
        for (int back = 0; back <= 8; back++) {
            LocalDate day = date.minusDays(back);
            if (days.contains(day.getDayOfWeek())) {
                Opening opening = on(day);
                if (opening.start() <= at) {
                    return opening;
                }
            }
        }
        return null;
    }

    /** The first opening that starts after the time. */
    public Opening nextAfter(long at) {
        LocalDate date = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
        for (int ahead = 0; ahead <= 8; ahead++) {
            LocalDate day = date.plusDays(ahead);
            if (days.contains(day.getDayOfWeek())) {
                Opening opening = on(day);
                if (opening.start() > at) {
                    return opening;
                }
            }
        }
        return null;
    }

    public ZoneId zone() {
        return zone;
    }

    private Opening on(LocalDate day) {
        LocalDate last = end <= start ? day.plusDays(1) : day;
        long from = at(day, start).withEarlierOffsetAtOverlap().toInstant().toEpochMilli();
        long to = at(last, end).withLaterOffsetAtOverlap().toInstant().toEpochMilli();
        long by = to;
        if (startBy != null) {
            LocalDate byDay = startBy < start ? day.plusDays(1) : day;
            by = at(byDay, startBy).withLaterOffsetAtOverlap().toInstant().toEpochMilli();
        }
        return new Opening(from, Math.min(by, to), to);
    }

    private ZonedDateTime at(LocalDate day, int minutes) {
        LocalDate date = minutes >= DAY_MINUTES ? day.plusDays(1) : day;
        return ZonedDateTime.of(date, LocalTime.ofSecondOfDay(minutes % DAY_MINUTES * 60L), zone);
    }
}
