package io.flowwarden.connect.objects;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Prefixes to list. {@code {yyyy}}, {@code {MM}}, {@code {dd}} and {@code {HH}} stand for the UTC
 * time of a log, so that only the folders of the look-back window are listed and not the years
 * before.
 */
final class Prefixes {
    private static final Map<String, DateTimeFormatter> FIELDS =
            Map.of(
                    "{yyyy}", DateTimeFormatter.ofPattern("yyyy"),
                    "{MM}", DateTimeFormatter.ofPattern("MM"),
                    "{dd}", DateTimeFormatter.ofPattern("dd"),
                    "{HH}", DateTimeFormatter.ofPattern("HH"));

    private final List<String> patterns;

    Prefixes(List<String> patterns) {
        this.patterns = patterns;
    }

    /**
     * @return what is wrong with a pattern, or null
     */
    static String fault(String pattern) {
        String rest = pattern;
        for (String field : FIELDS.keySet()) {
            rest = rest.replace(field, "");
        }
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            return "only {yyyy}, {MM}, {dd} and {HH} may stand in braces";
        }
        boolean hour = pattern.contains("{HH}");
        boolean day = pattern.contains("{dd}");
        boolean month = pattern.contains("{MM}");
        if (hour && !day || day && !month || month && !pattern.contains("{yyyy}")) {
            return "{HH} needs {dd}, {dd} needs {MM}, {MM} needs {yyyy}";
        }
        return null;
    }

    /**
     * Prefixes for logs of a time.
     *
     * @param since first moment
     * @param until last moment; an hour more is listed, for clocks that run ahead
     */
    List<String> of(Instant since, Instant until) {
        var all = new LinkedHashSet<String>();
        for (String pattern : patterns) {
            ChronoUnit step = step(pattern);
            if (step == null) {
                all.add(pattern);
                continue;
            }
            ZonedDateTime last = until.plus(1, ChronoUnit.HOURS).atZone(ZoneOffset.UTC);
            ZonedDateTime at = since.atZone(ZoneOffset.UTC).truncatedTo(step);
            for (; !at.isAfter(last); at = at.plus(1, step)) {
                all.add(fill(pattern, at));
            }
        }
        return new ArrayList<>(all);
    }

    /** Hours or days; months and years are found by their days. */
    private static ChronoUnit step(String pattern) {
        if (pattern.contains("{HH}")) {
            return ChronoUnit.HOURS;
        }
        return pattern.contains("{yyyy}") ? ChronoUnit.DAYS : null;
    }

    private static String fill(String pattern, ZonedDateTime at) {
        String filled = pattern;
        for (var field : FIELDS.entrySet()) {
            filled = filled.replace(field.getKey(), field.getValue().format(at));
        }
        return filled;
    }
}
