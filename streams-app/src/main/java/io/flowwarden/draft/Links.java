package io.flowwarden.draft;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must be there, measured: the cadence of heartbeats, gaps of replication, hours of backups.
 */
final class Links {
    /** Fewer gaps than this have no rhythm. */
    private static final int FEWEST_GAPS = 3;

    private static final long MINUTE = 60_000;

    /** What recovery point objectives usually are. */
    private static final long[] OBJECTIVES = {
        5 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        60 * MINUTE,
        120 * MINUTE,
        240 * MINUTE,
        480 * MINUTE,
        720 * MINUTE,
        1_440 * MINUTE
    };

    /** Seen for less than this, the objective is a guess: it is not set tighter than a quarter. */
    private static final long SHORT = 60 * MINUTE;

    /** What an estate takes. */
    private static final long MOST_MISSES = 10_000;

    private static final long LONGEST_BEAT = 1_440 * MINUTE;

    private record Key(Service service, String from, String to) {}

    private final Observations seen;
    private final Parties parties;
    private final Set<String> names;
    private final List<List<String>> items = new ArrayList<>();

    Links(Observations seen, Parties parties, Set<String> names) {
        this.seen = seen;
        this.parties = parties;
        this.names = names;
        var grouped =
                new TreeMap<Key, List<Talk>>(
                        Comparator.comparing(Key::service)
                                .thenComparing(Key::from)
                                .thenComparing(Key::to));
        for (Talk talk : seen.talks()) {
            Party from = parties.of(talk.client());
            Party to = parties.of(talk.server());
            if (from != null && to != null && from != to && belongs(talk.service(), from, to)) {
                grouped.computeIfAbsent(
                                new Key(talk.service(), from.name(), to.name()),
                                key -> new ArrayList<>())
                        .add(talk);
            }
        }
        grouped.forEach(this::write);
    }

    /** Each as the lines of its item. */
    List<List<String>> items() {
        return items;
    }

    private static boolean belongs(Service service, Party from, Party to) {
        return switch (service) {
            case HEARTBEAT ->
                    from.roles().contains(Casting.ESXI_HOST)
                            && to.roles().contains(Casting.VCENTER);
            case REPLICATION, ENCRYPTED_REPLICATION -> to.roles().contains(Casting.VR_SERVER);
            case JETSTREAM_DATA -> from.roles().contains(Casting.ESXI_HOST);
            case DISKS ->
                    from.roles().contains(Casting.PROXY) && to.roles().contains(Casting.ESXI_HOST);
            default -> false;
        };
    }

    private void write(Key key, List<Talk> talks) {
        switch (key.service()) {
            case HEARTBEAT -> heartbeat(key, talks);
            case DISKS -> backup(key, talks);
            default -> replication(key, talks);
        }
    }

    private void heartbeat(Key key, List<Talk> talks) {
        List<Talk> steady =
                talks.stream()
                        .filter(talk -> !talk.sampled() && talk.gaps().count() >= FEWEST_GAPS)
                        .filter(talk -> talk.gaps().median() <= LONGEST_BEAT)
                        .toList();
        long slowest = steady.stream().mapToLong(talk -> talk.gaps().median()).max().orElse(0);
        long fastest = steady.stream().mapToLong(talk -> talk.gaps().median()).min().orElse(0);
        long every = Math.max(1_000, Math.round(slowest / 1_000.0) * 1_000);
        long usual = steady.stream().mapToLong(talk -> talk.gaps().usualLongest()).max().orElse(0);
        long longest = steady.stream().mapToLong(talk -> talk.gaps().longest()).max().orElse(0);
        long late = lateness(steady);
        long habit = Math.max(3, Math.min(10, (usual + every - 1) / every + 1));
        long misses = Math.min(MOST_MISSES, Math.max(habit, (late + every - 1) / every));
        var item = head("heartbeat", key, talks);
        item.line(
                "    every: " + Words.duration(every),
                steady.isEmpty()
                        ? "a guess: nothing to measure it by"
                        : "median interval of "
                                + Words.count(steady.size(), "host")
                                + ": "
                                + (about(fastest).equals(about(slowest))
                                        ? about(slowest)
                                        : about(fastest) + " to " + about(slowest)));
        item.line(
                "    misses: " + misses,
                "longest interval "
                        + about(longest)
                        + outage(longest, every * misses)
                        + (misses > habit ? "; reports come up to " + about(late) + " late" : ""));
        boolean plain = parties.of(talks.get(0).client()).hosts().size() == 1 && !steady.isEmpty();
        if (!plain) {
            item.line("    each:", "");
            for (Talk talk : talks) {
                String text = "      - " + Words.address(talk.client().text());
                Gaps gaps = talk.gaps();
                if (steady.contains(talk)) {
                    item.line(
                            text,
                            Words.count(talk.flows(), "flow")
                                    + ", every "
                                    + about(gaps.median())
                                    + ", longest "
                                    + about(gaps.longest()));
                } else {
                    item.unsure(text, Words.count(talk.flows(), "flow") + ": too few for a rhythm");
                }
            }
        }
        items.add(item.lines(!steady.isEmpty()));
    }

    private void replication(Key key, List<Talk> talks) {
        Item item = head("replication", key, talks);
        long[] slots = slots(talks);
        long usual = 0;
        long longest = 0;
        if (slots.length > 1) {
            long[] gaps = new long[slots.length - 1];
            for (int i = 1; i < slots.length; i++) {
                gaps[i - 1] = (slots[i] - slots[i - 1]) * Activity.SLOT;
                longest = Math.max(longest, gaps[i - 1]);
            }
            Arrays.sort(gaps);
            usual = gaps[(int) Math.round(0.95 * (gaps.length - 1))];
        }
        boolean brief = span(talks).isKnown() && length(span(talks)) < SHORT;
        long least = Math.max(usual, brief ? 15 * MINUTE : 0);
        long rpo = OBJECTIVES[0];
        // Missed after one and a half of it, but not before a source can tell.
        least = Math.max(least, lateness(talks) * 2 / 3);
        for (int i = 1; i < OBJECTIVES.length && rpo < least; i++) {
            rpo = OBJECTIVES[i];
        }
        long flows = talks.stream().mapToLong(Talk::flows).sum();
        boolean enough = flows > FEWEST_GAPS && usual <= OBJECTIVES[OBJECTIVES.length - 1];
        String measured =
                !enough
                        ? "a guess: too little was seen to measure"
                        : brief
                                ? "a guess: seen for " + about(length(span(talks))) + " only"
                                : "19 of 20 gaps within "
                                        + about(usual)
                                        + ", longest "
                                        + about(longest)
                                        + outage(longest, rpo + rpo / 2);
        item.line("    rpo: " + Words.duration(rpo), measured);
        items.add(item.lines(enough));
    }

    private void backup(Key key, List<Talk> talks) {
        Item item = head("backup", key, talks);
        long from = seen.span().isKnown() ? Activity.slot(seen.span().first()) : 0;
        long[] slots = slots(talks);
        Nightly nightly = slots.length == 0 ? null : Nightly.of(slots, from);
        if (nightly == null) {
            item.line(
                    "    window: {start: \"22:00\", end: \"06:00\", zone: UTC}",
                    "a guess: it keeps to no hours of the day");
            items.add(item.lines(false));
            return;
        }
        var format = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
        List<String> starts =
                nightly.starts().stream()
                        .map(day -> day.format(format).toLowerCase(Locale.ROOT))
                        .toList();
        if (nightly.days().size() < 7) {
            item.line(
                    "    days: [" + String.join(", ", nightly.days()) + "]",
                    "of the day it starts, UTC; started on " + listed(starts));
        }
        item.line(
                "    window: {start: \""
                        + Nightly.time(nightly.start())
                        + "\", "
                        + (nightly.startBy() < 0
                                ? ""
                                : "start-by: \"" + Nightly.time(nightly.startBy()) + "\", ")
                        + "end: \""
                        + Nightly.time(nightly.end())
                        + "\", zone: UTC}",
                Words.count(starts.size(), "day")
                        + (nightly.missed().isEmpty()
                                ? ""
                                : "; not on "
                                        + listed(
                                                nightly.missed().stream()
                                                        .map(day -> day.format(format))
                                                        .map(day -> day.toLowerCase(Locale.ROOT))
                                                        .toList())));
        items.add(item.lines(starts.size() > 1));
    }

    private Item head(String kind, Key key, List<Talk> talks) {
        long flows = talks.stream().mapToLong(Talk::flows).sum();
        long bytes = talks.stream().mapToLong(Talk::bytes).sum();
        String pairs = Words.count(talks.size(), "pair") + " of hosts";
        String what =
                switch (kind) {
                    case "replication" -> kind + "-" + key.service().port();
                    case "backup" -> "nightly";
                    default -> kind;
                };
        String name = Names.free(what + "-" + key.from(), names);
        return new Item()
                .line(
                        "  - name: " + name,
                        Words.count(flows, "flow")
                                + " of "
                                + pairs
                                + ", "
                                + Words.bytes(bytes)
                                + ", "
                                + span(talks).text())
                .line("    kind: " + kind, "")
                .line("    from: " + key.from(), "")
                .line("    to: " + key.to(), "")
                .line("    service: " + key.service().text(), "");
    }

    private long lateness(List<Talk> talks) {
        return talks.stream()
                .map(Talk::witness)
                .filter(Objects::nonNull)
                .mapToLong(seen::lateness)
                .max()
                .orElse(0);
    }

    private static Span span(List<Talk> talks) {
        var span = new Span();
        talks.forEach(talk -> span.add(talk.span()));
        return span;
    }

    private static long length(Span span) {
        return span.isKnown() ? span.last() - span.first() : 0;
    }

    private long[] slots(List<Talk> talks) {
        var activity = new Activity();
        talks.forEach(talk -> activity.add(talk.activity()));
        return activity.slots(seen.origin());
    }

    private static String outage(long longest, long deadline) {
        return longest > deadline ? ", which would have been an alert" : "";
    }

    private static String listed(List<String> days) {
        return days.size() <= 5
                ? String.join(", ", days)
                : days.get(0) + " to " + days.get(days.size() - 1);
    }

    private static String about(long millis) {
        return Words.about(millis);
    }
}
