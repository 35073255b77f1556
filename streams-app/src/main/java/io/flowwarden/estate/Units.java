package io.flowwarden.estate;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quantities as people write them: 15m, 10GB, 1Gbps, 80%. Each is null where it is none. */
final class Units {
    private static final Pattern QUANTITY =
            Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?([A-Za-z%]+)");

    private static final Map<String, Long> SECONDS =
            Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L);

    private static final Map<String, Long> BYTES =
            Map.ofEntries(
                    Map.entry("B", 1L),
                    Map.entry("kB", 1_000L),
                    Map.entry("KB", 1_000L),
                    Map.entry("MB", 1_000_000L),
                    Map.entry("GB", 1_000_000_000L),
                    Map.entry("TB", 1_000_000_000_000L),
                    Map.entry("PB", 1_000_000_000_000_000L),
                    Map.entry("KiB", 1L << 10),
                    Map.entry("MiB", 1L << 20),
                    Map.entry("GiB", 1L << 30),
                    Map.entry("TiB", 1L << 40),
                    Map.entry("PiB", 1L << 50));

    private static final Map<String, Long> BITS_PER_SECOND =
            Map.of(
                    "bps", 1L,
                    "kbps", 1_000L,
                    "Mbps", 1_000_000L,
                    "Gbps", 1_000_000_000L,
                    "Tbps", 1_000_000_000_000L);

    private static final long LONGEST_SECONDS = 3_660L * 86_400;

    private Units() {}

    /** Whole seconds, more than none and at most ten years. */
    static Duration duration(String text) {
        Long seconds = scaled(text, SECONDS);
        return seconds == null || seconds > LONGEST_SECONDS ? null : Duration.ofSeconds(seconds);
    }

    static Long bytes(String text) {
        return scaled(text, BYTES);
    }

    static Long bitsPerSecond(String text) {
        return scaled(text, BITS_PER_SECOND);
    }

    /** More than 0 to 100. */
    static BigDecimal percent(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches() || !quantity.group(2).equals("%")) {
            return null;
        }
        var percent = new BigDecimal(quantity.group(1));
        boolean some = percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) <= 0;
        return some ? percent : null;
    }

    /** A whole number of the smallest unit, more than none. */
    private static Long scaled(String text, Map<String, Long> scale) {
        Matcher quantity = QUANTITY.matcher(text);
        Long unit = quantity.matches() ? scale.get(quantity.group(2)) : null;
        if (unit == null) {
            return null;
        }
        try {
            var number = new BigDecimal(quantity.group(1)).multiply(BigDecimal.valueOf(unit));
            long exact = number.longValueExact();
            return exact > 0 ? exact : null;
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
