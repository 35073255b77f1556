package io.flowwarden.config;

import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.net.Prefix;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values of keys from their text. What is not one is an IllegalArgumentException that says why. */
final class Texts {
    private static final Map<String, FlowsWanted> FLOWS =
            byWord(FlowsWanted.values(), wanted -> wanted.name().toLowerCase(Locale.ROOT));
    private static final Map<String, Guarantee> GUARANTEES =
            byWord(Guarantee.values(), Guarantee::setting);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?([smhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of(
                    "s", ChronoUnit.SECONDS,
                    "m", ChronoUnit.MINUTES,
                    "h", ChronoUnit.HOURS,
                    "d", ChronoUnit.DAYS);
    private static final Map<String, Boolean> SWITCH = Map.of("on", true, "off", false);

    /** Kafka's bound is 249 for the whole name; internal topics append to it. */
    private static final int LONGEST_PREFIX = 150;

    private Texts() {}

    static FlowsWanted flows(String text) {
        return choice(text, FLOWS);
    }

    static Guarantee guarantee(String text) {
        return choice(text, GUARANTEES);
    }

    /** Prefixes with commas between; none for {@code any}. */
    static List<Prefix> exporters(String text) {
        var prefixes = new ArrayList<Prefix>();
        for (String each : text.strip().equals("any") ? new String[0] : text.split(",", -1)) {
            Prefix prefix = Prefix.parse(each.strip());
            if (prefix == null || !Prefix.exact(each.strip())) {
                throw new IllegalArgumentException(
                        "'" + each.strip() + "' is no address and no network such as 10.1.0.0/16");
            }
            prefixes.add(prefix);
        }
        return List.copyOf(prefixes);
    }

    static boolean onOrOff(String text) {
        return choice(text, SWITCH);
    }

    static String topicsPrefix(String text) {
        if (text.length() > LONGEST_PREFIX) {
            throw new IllegalArgumentException("has more than " + LONGEST_PREFIX + " characters");
        }
        return topicCharacters(text);
    }

    static String topicCharacters(String text) {
        if (!text.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("a topic name has only letters, digits and ._-");
        }
        return text;
    }

    static Function<String, Integer> number(int least, int most) {
        return text -> {
            int number;
            try {
                number = Integer.parseInt(text);
            } catch (NumberFormatException notOne) {
                number = least - 1;
            }
            if (number < least || number > most) {
                throw new IllegalArgumentException(
                        "must be a whole number from " + least + " to " + most);
            }
            return number;
        };
    }

    /** Like 90s, 5m, 2h or 30d, within these bounds, which are written likewise. */
    static Function<String, Duration> duration(String least, String most) {
        return text -> {
            Duration duration = duration(text);
            boolean fits =
                    duration != null
                            && duration.compareTo(duration(least)) >= 0
                            && duration.compareTo(duration(most)) <= 0;
            if (!fits) {
                throw new IllegalArgumentException(
                        "must be a time from " + least + " to " + most + " (s, m, h, d)");
            }
            return duration;
        };
    }

    private static Duration duration(String text) {
        Matcher found = DURATION.matcher(text);
        return found.matches()
                ? UNITS.get(found.group(2))
                        .getDuration()
                        .multipliedBy(Long.parseLong(found.group(1)))
                : null;
    }

    static <T> T choice(String word, Map<String, T> choices) {
        T chosen = choices.get(word);
        if (chosen == null) {
            throw new WrongChoice(word, List.copyOf(new TreeMap<>(choices).keySet()));
        }
        return chosen;
    }

    private static <T> Map<String, T> byWord(T[] values, Function<T, String> word) {
        return Arrays.stream(values).collect(Collectors.toMap(word, Function.identity()));
    }
}
