package io.flowwarden.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory. */
public record ByteSize(long bytes) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*(KiB|MiB|GiB|B)?");

    public ByteSize {
        if (bytes < 1) {
            throw new IllegalArgumentException("must be positive");
        }
    }

    public static ByteSize mebibytes(long count) {
        return new ByteSize(count << 20);
    }

    static ByteSize parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("must be a size like 64MiB (B, KiB, MiB, GiB)");
        }
        String unit = found.group(2) == null ? "B" : found.group(2);
        int shift =
                switch (unit) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    default -> 0;
                };
        long count = Long.parseLong(found.group(1));
        if (count > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("is too large");
        }
        return new ByteSize(count << shift);
    }

    @Override
    public String toString() {
        return bytes % (1 << 20) == 0
                ? (bytes >> 20) + "MiB"
                : String.format(Locale.ROOT, "%dB", bytes);
    }
}
