package io.flowwarden.cli;

import java.util.Locale;

/** Sizes and spans as people read them. */
final class Units {
    private static final String[] PREFIXES = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Units() {}

    /** Decimal, three figures: {@code 210 MB}. */
    static String bytes(long count) {
        if (count < 1000) {
            return count + " B";
        }
        double value = count;
        int prefix = -1;
        while (value >= 999.5) {
            value /= 1000;
            prefix++;
        }
        String pattern = value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, pattern, value, PREFIXES[prefix]);
    }

    /** {@code 850 ms}, {@code 10 s}, {@code 15 min}, {@code 24 h}. */
    static String span(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 120_000) {
            return String.format(Locale.ROOT, "%.3g s", millis / 1000.0).replaceAll("\\.0+ ", " ");
        }
        return millis < 7_200_000
                ? Math.round(millis / 60_000.0) + " min"
                : Math.round(millis / 3_600_000.0) + " h";
    }

    static String percent(long part, long whole) {
        if (part == 0 || whole == 0) {
            return "0 %";
        }
        double percent = 100.0 * part / whole;
        return percent < 1 ? "< 1 %" : Math.round(percent) + " %";
    }
}
