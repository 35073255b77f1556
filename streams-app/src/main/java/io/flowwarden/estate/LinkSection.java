package io.flowwarden.estate;

import io.flowwarden.net.Prefix;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code links:} what must be there. */
final class LinkSection {
    private static final int MOST_MISSES = 10_000;

    /** Keys that a kind has beyond those of every link; the first is the one it needs. */
    private static final Map<String, List<String>> KINDS =
            Map.of(
                    "heartbeat", List.of("every", "misses"),
                    "replication", List.of("rpo", "min-bytes"),
                    "backup", List.of("window", "days", "min-bytes"),
                    "migration", List.of(),
                    "presence", List.of("every", "misses"));

    private static final List<String> KIND_NAMES = KINDS.keySet().stream().sorted().toList();

    private final Names names;
    private final Map<String, Integer> lines = new HashMap<>();

    LinkSection(Names names) {
        this.names = names;
    }

    /** Links by name, with their lines. */
    Map<String, Integer> names() {
        return lines;
    }

    void check(YamlValue value) {
        YamlMap link =
                value.map(
                        "name",
                        "kind",
                        "from",
                        "to",
                        "service",
                        "each",
                        "or-reverse",
                        "sources",
                        "every",
                        "misses",
                        "rpo",
                        "window",
                        "days",
                        "min-bytes");
        if (link == null) {
            return;
        }
        Names.declared(link, lines);
        YamlValue kind = link.require("kind");
        checkKeys(link, Values.oneOf(kind, KIND_NAMES));
        String from = party(link.require("from"));
        String to = party(link.require("to"));
        YamlValue service = link.require("service");
        if (service != null) {
            Service.read(service);
        }
        checkMembers(link.items("each"), from, to);
        link.flag("or-reverse");
        link.items("sources").forEach(SourceSection::checkPattern);
        Values.checkDuration(link.get("every"));
        Values.checkDuration(link.get("rpo"));
        Values.read(link.get("min-bytes"), Units::bytes, "a size, e.g. 10GB or 10GiB");
        if (link.get("misses") != null) {
            link.get("misses").number(1, MOST_MISSES);
        }
        Schedule.checkDays(link.items("days"));
        YamlMap window =
                link.get("window") == null
                        ? null
                        : link.get("window").map("start", "start-by", "end", "zone");
        if (window != null) {
            Schedule.checkWindow(window);
        }
    }

    private static void checkKeys(YamlMap link, String kind) {
        if (kind == null) {
            return;
        }
        List<String> own = KINDS.get(kind);
        if (!own.isEmpty()) {
            link.require(own.get(0));
        }
        for (String key : link.keys()) {
            boolean ofSomeKind = KINDS.values().stream().anyMatch(keys -> keys.contains(key));
            if (ofSomeKind && !own.contains(key)) {
                link.get(key).fault("has no meaning for a link of kind " + kind);
            }
        }
    }

    private String party(YamlValue value) {
        return value == null ? null : names.party(value);
    }

    private void checkMembers(List<YamlValue> each, String from, String to) {
        for (YamlValue value : each) {
            Prefix member = Prefixes.read(value);
            if (member != null
                    && from != null
                    && to != null
                    && !lies(member, from)
                    && !lies(member, to)) {
                value.fault("lies neither in " + from + " nor in " + to);
            }
        }
    }

    private boolean lies(Prefix member, String party) {
        return names.prefixes(party).stream()
                .anyMatch(
                        place ->
                                place.length() <= member.length()
                                        && place.contains(member.hi(), member.lo()));
    }
}
