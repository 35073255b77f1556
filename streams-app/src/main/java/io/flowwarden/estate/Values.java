package io.flowwarden.estate;

import io.flowwarden.fault.Nearest;
import io.flowwarden.yaml.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Single values that several sections have. */
final class Values {
    private Values() {}

    /** A text that one of {@link Units} reads; null, and a fault where it is there and none. */
    static <T> T read(YamlValue value, Function<String, T> unit, String expected) {
        String text = value == null ? null : value.text();
        if (text == null) {
            return null;
        }
        T read = unit.apply(text);
        if (read == null) {
            value.fault("expected " + expected);
        }
        return read;
    }

    /** Milliseconds; null, and a fault where it is there and no duration. */
    static Long millis(YamlValue value) {
        Duration read = read(value, Units::duration, "a duration in s, m, h or d, e.g. 15m");
        return read == null ? null : read.toMillis();
    }

    /** A whole number; null, and a fault where it is there and out of bounds. */
    static Integer number(YamlValue value, int least, int most) {
        return value == null ? null : value.number(least, most);
    }

    /** One of few words; null, and a fault where it is there and none. */
    static String oneOf(YamlValue value, List<String> known) {
        String text = value == null ? null : value.text();
        if (text != null && !known.contains(text)) {
            String nearest = Nearest.to(text, known);
            value.fault("expected " + String.join(", ", known), nearest);
            return null;
        }
        return text;
    }
}
