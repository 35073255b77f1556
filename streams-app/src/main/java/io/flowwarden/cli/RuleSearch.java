package io.flowwarden.cli;

import io.flowwarden.catalog.RuleText;
import io.flowwarden.schemas.PortRule;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules that fit all words: a port within the range, a service, or text in any column. */
final class RuleSearch {
    private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:/(tcp|udp))?");

    private final List<String> words;

    RuleSearch(List<String> words) {
        this.words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    boolean finds(PortRule rule) {
        return words.stream().allMatch(word -> fits(rule, word));
    }

    private static boolean fits(PortRule rule, String word) {
        Matcher port = PORT.matcher(word);
        if (port.matches()) {
            int number = Integer.parseInt(port.group(1));
            String transport = port.group(2);
            return rule.getPortFrom() != null
                    && rule.getPortFrom() <= number
                    && number <= rule.getPortTo()
                    && (transport == null || transport.equals(rule.getTransport()));
        }
        return RuleText.cells(rule).stream()
                .anyMatch(cell -> cell.toLowerCase(Locale.ROOT).contains(word));
    }
}
