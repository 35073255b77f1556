package io.flowwarden.roster;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Source ids with {@code *} for any part, as estates write them. */
public final class SourcePattern {
    private SourcePattern() {}

    static Pattern compile(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")));
    }

    /** Whether one of the patterns matches; no pattern matches all. */
    public static boolean any(List<String> patterns, String source) {
        return patterns.isEmpty()
                || patterns.stream().anyMatch(p -> compile(p).matcher(source).matches());
    }
}
