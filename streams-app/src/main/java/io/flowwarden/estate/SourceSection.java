package io.flowwarden.estate;

import io.flowwarden.fault.Nearest;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Source;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code sources:} what is known of those who report flows. */
final class SourceSection {
    private static final List<String> FORMATS = List.of("netflow", "sflow", "aws", "azure", "gcp");

    private final Names names;
    private final Map<String, Integer> lines = new HashMap<>();

    SourceSection(Names names) {
        this.names = names;
    }

    /** The entry of a pattern; null and a fault where it has none. */
    EstateEntry read(YamlValue value) {
        YamlMap item = value.map("match", "reporting-delay", "side", "usage", "sampling");
        if (item == null) {
            return null;
        }
        YamlValue match = item.require("match");
        String pattern = match == null ? null : pattern(match);
        Integer first = pattern == null ? null : lines.putIfAbsent(pattern, match.line());
        if (first != null) {
            match.fault("this pattern stands on line " + first + " too");
        }
        Long delay = Values.millis(item.get("reporting-delay"));
        String usage = Values.oneOf(item.get("usage"), List.of("reference"));
        var source =
                new Source(
                        pattern,
                        delay,
                        item.get("side") == null ? null : names.site(item.get("side")),
                        usage != null,
                        Values.number(item.get("sampling"), 1, Integer.MAX_VALUE));
        return pattern == null ? null : new EstateEntry("source", pattern, source);
    }

    /** A source id, with * for any part; null and a fault where it can match none. */
    static String pattern(YamlValue value) {
        String text = value.text();
        if (text == null || text.equals("*")) {
            return text;
        }
        int slash = text.indexOf('/');
        String format = slash < 0 ? text : text.substring(0, slash);
        if (!FORMATS.contains(format)) {
            String nearest = Nearest.to(format, FORMATS);
            value.fault(
                    "a source begins with " + String.join("/, ", FORMATS) + "/",
                    nearest == null ? null : nearest + "/" + text.substring(slash + 1));
            return null;
        }
        if (slash < 0 || slash == text.length() - 1) {
            value.fault("expected a source or a pattern, e.g. netflow/10.1.255.1/* or aws/*");
            return null;
        }
        return text;
    }
}
