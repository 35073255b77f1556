package io.flowwarden.estate;

import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Link;
import io.flowwarden.schemas.Window;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    /** The entry of a link; null and a fault where a part of it that it needs is missing. */
    EstateEntry read(YamlValue value) {
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
            return null;
        }
        String name = Names.declared(link, lines);
        String kind = Values.oneOf(link.require("kind"), KIND_NAMES);
        checkKeys(link, kind);
        String from = party(link.require("from"));
        String to = party(link.require("to"));
        YamlValue given = link.require("service");
        Service service = given == null ? null : Service.read(given);
        List<String> each = members(link.items("each"), from, to);
        boolean orReverse = link.flag("or-reverse");
        List<String> sources =
                link.items("sources").stream()
                        .map(SourceSection::pattern)
                        .filter(Objects::nonNull)
                        .toList();
        Long every = Values.millis(link.get("every"));
        Integer misses = Values.number(link.get("misses"), 1, MOST_MISSES);
        Long rpo = Values.millis(link.get("rpo"));
        Long minBytes =
                Values.read(link.get("min-bytes"), Units::bytes, "a size, e.g. 10GB or 10GiB");
        List<String> days = Schedule.days(link.items("days"));
        YamlMap times =
                link.get("window") == null
                        ? null
                        : link.get("window").map("start", "start-by", "end", "zone");
        Window window = times == null ? null : Schedule.window(times);
        if (name == null || kind == null || from == null || to == null || service == null) {
            return null;
        }
        return new EstateEntry(
                "link",
                name,
                new Link(
                        kind,
                        from,
                        to,
                        service.text(),
                        each,
                        orReverse,
                        sources,
                        every,
                        misses,
                        rpo,
                        minBytes,
                        days,
                        window));
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

    private List<String> members(List<YamlValue> each, String from, String to) {
        var members = new ArrayList<String>();
        for (YamlValue value : each) {
            Prefix member = Prefixes.read(value);
            if (member == null) {
                continue;
            }
            members.add(member.text());
            if (from != null && to != null && !lies(member, from) && !lies(member, to)) {
                value.fault("lies neither in " + from + " nor in " + to);
            }
        }
        return members;
    }

    private boolean lies(Prefix member, String party) {
        return names.prefixes(party).stream()
                .anyMatch(
                        place ->
                                place.length() <= member.length()
                                        && place.contains(member.hi(), member.lo()));
    }
}
