package io.flowwarden.cli;

import io.flowwarden.input.Damage;
import io.flowwarden.input.ReadTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A summary for a person. */
final class SummaryText {
    private static final int WIDTH = 100;

    private SummaryText() {}

    /** What was read and what came of it, a line each. */
    static List<String> counts(Summary summary, double seconds) {
        ReadTally tally = summary.tally();
        var lines = new ArrayList<String>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%s, %s, %s in %.1f s",
                        number(tally.files(), "input"),
                        number(tally.rawRecords(), "raw record"),
                        number(summary.flows(), "flow"),
                        seconds));
        if (summary.rejected() > 0) {
            lines.add("rejected: " + summary.rejected());
        }
        if (summary.nodata() > 0) {
            lines.add("idle intervals (NODATA): " + summary.nodata());
        }
        if (!summary.skipped().isEmpty()) {
            lines.add("skipped: " + joined(summary.skipped()));
        }
        return lines;
    }

    /** What could not be read, for standard error. */
    static List<String> complaints(Summary summary) {
        ReadTally tally = summary.tally();
        var lines = new ArrayList<String>();
        for (Damage damage : summary.damages()) {
            lines.add("flowwarden: " + damage.text());
        }
        for (String file : tally.unknownFiles()) {
            lines.add("flowwarden: " + file + ": skipped, in no known format");
        }
        return lines;
    }

    /** Text in lines of readable length, each indented. */
    static String wrapped(String text, String indent) {
        var wrapped = new StringBuilder(indent);
        int length = indent.length();
        for (String word : text.split(" ", -1)) {
            if (length + word.length() > WIDTH && length > indent.length()) {
                wrapped.setLength(wrapped.length() - 1);
                wrapped.append('\n').append(indent);
                length = indent.length();
            }
            wrapped.append(word).append(' ');
            length += word.length() + 1;
        }
        return wrapped.toString().stripTrailing();
    }

    static String joined(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }

    static String number(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
