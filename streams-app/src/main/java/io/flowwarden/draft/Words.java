package io.flowwarden.draft;

import io.flowwarden.net.Prefix;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a draft writes numbers, durations and addresses. */
final class Words {
    private static final long MINUTE = 60_000;

    private Words() {}

    static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    /** A duration as an estate takes it: 10s, 90s, 15m, 2h. */
    static String duration(long millis) {
        long seconds = Math.max(1, Math.round(millis / 1000.0));
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 && seconds > 60 ? seconds / 60 + "m" : seconds + "s";
    }

    /** A duration for the eye. */
    static String about(long millis) {
        if (millis < 2 * MINUTE) {
            return String.format(Locale.ROOT, "%.1fs", millis / 1000.0).replace(".0s", "s");
        }
        return millis < 120 * MINUTE
                ? Math.round(millis / (double) MINUTE) + "m"
                : Math.round(millis / (60.0 * MINUTE)) + "h";
    }

    /** {@code 64 MB}, decimal. */
    static String bytes(long count) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
        double value = count;
        int unit = 0;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        return String.format(
                Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /** In quotes where YAML would read a colon as its own. */
    static String address(String text) {
        return text.indexOf(':') >= 0 ? '"' + text + '"' : text;
    }

    static String networks(List<Prefix> networks) {
        return networks.stream()
                .map(network -> address(network.text()))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
