package io.flowwarden.estate;

import io.flowwarden.fault.Nearest;
import io.flowwarden.schemas.Window;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Times of day and days of the week, on the clock of a place. */
final class Schedule {
    private static final Pattern TIME = Pattern.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]");
    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int MINUTES_A_DAY = 1_440;

    private Schedule() {}

    /**
     * {@code start}, {@code end}, {@code start-by} and {@code zone}; it may end the next day. Null
     * and a fault where one of them is wrong.
     */
    static Window window(YamlMap window) {
        Integer start = time(window.require("start"));
        Integer end = time(window.require("end"));
        YamlValue startBy = window.get("start-by");
        Integer by = time(startBy);
        String zone = zone(window.require("zone"));
        if (start == null || end == null || zone == null) {
            return null;
        }
        if (start.equals(end)) {
            window.get("end").fault("a window ends at another time than it starts");
        } else if (by != null && after(start, by) > after(start, end)) {
            startBy.fault("lies outside the window");
        }
        return new Window(start, by, end, zone);
    }

    /** {@code mon} to {@code sun}, each once. */
    static List<String> days(List<YamlValue> values) {
        var days = new ArrayList<String>();
        for (YamlValue value : values) {
            String day = value.text();
            if (day != null && !DAYS.contains(day)) {
                value.fault("expected mon, tue, wed, thu, fri, sat or sun", Nearest.to(day, DAYS));
            } else if (day != null && days.contains(day)) {
                value.fault("stands twice");
            } else if (day != null) {
                days.add(day);
            }
        }
        return days;
    }

    private static int after(int start, int time) {
        return Math.floorMod(time - start, MINUTES_A_DAY);
    }

    /** Minutes since midnight; null where there is no time. */
    private static Integer time(YamlValue value) {
        String text = value == null ? null : value.text();
        if (text == null) {
            return null;
        }
        if (!TIME.matcher(text).matches()) {
            value.fault("expected a time of day, \"00:00\" to \"23:59\"");
            return null;
        }
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    private static String zone(YamlValue value) {
        String text = value == null ? null : value.text();
        if (text == null) {
            return null;
        }
        try {
            return ZoneId.of(text).getId();
        } catch (DateTimeException e) {
            var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
            value.fault("no such time zone", Nearest.to(text, zones));
            return null;
        }
    }
}
