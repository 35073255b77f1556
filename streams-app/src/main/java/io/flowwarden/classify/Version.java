package io.flowwarden.classify;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A printed product version; {@code 4.x} is newer than every 4.1, no version older than any. */
record Version(int[] parts) implements Comparable<Version> {
    private static final Pattern SEPARATOR = Pattern.compile("[^0-9A-Za-z]+");
    private static final Version NONE = new Version(new int[0]);

    static Version newest(List<String> versions) {
        return versions.stream().map(Version::of).max(Version::compareTo).orElse(NONE);
    }

    static Version of(String text) {
        return new Version(
                SEPARATOR
                        .splitAsStream(text)
                        .filter(part -> !part.isEmpty())
                        .mapToInt(Version::part)
                        .toArray());
    }

    @Override
    public int compareTo(Version other) {
        return Arrays.compare(parts, other.parts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && Arrays.equals(parts, version.parts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parts);
    }

    private static int part(String text) {
        boolean number = text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(text) : Integer.MAX_VALUE;
    }
}
