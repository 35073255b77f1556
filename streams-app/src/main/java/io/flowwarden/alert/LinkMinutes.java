package io.flowwarden.alert;

import io.flowwarden.schemas.LinkMinute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Bytes of a link by minute and source, for as long as a judgement may need them. One conversation
 * seen by two exporters counts once: of each minute and direction, the source with the most.
 */
final class LinkMinutes {
    private static final String PREFIX = "n/";
    private static final int VERSION = 1;
    static final long MINUTE = 60_000;

    /** A minute of one source. */
    record Minute(
            String source,
            long start,
            long forward,
            long reverse,
            boolean payload,
            boolean allPairs,
            List<String> pairs) {}

    private final SettleMemory memory;

    LinkMinutes(SettleMemory memory) {
        this.memory = memory;
    }

    void put(String source, LinkMinute minute) {
        memory.put(
                PREFIX + minute.getLink() + "\n" + hex(minute.getStart()) + source,
                Fields.encode(
                        VERSION,
                        minute,
                        (to, m) ->
                                to.number(m.getForward())
                                        .number(m.getReverse())
                                        .flag(m.getPayload())
                                        .flag(m.getPairsComplete())
                                        .texts(m.getPairs())));
    }

    /** Minutes that start in a span, its end not included. */
    List<Minute> between(String link, long from, long to) {
        var minutes = new ArrayList<Minute>();
        String prefix = PREFIX + link + "\n";
        memory.range(
                prefix + hex(from),
                prefix + hex(to),
                (key, value) -> {
                    minutes.add(minute(key.substring(prefix.length()), value));
                    return true;
                });
        return minutes;
    }

    /** Forgets minutes before this time. */
    void forget(String link, long before) {
        String prefix = PREFIX + link + "\n";
        var keys = new ArrayList<String>();
        memory.range(
                prefix,
                prefix + hex(before),
                (key, value) -> {
                    keys.add(key);
                    return true;
                });
        keys.forEach(memory::delete);
    }

    /** Bytes of the larger direction. */
    static long bytes(List<Minute> minutes) {
        Map<Long, long[]> most = new HashMap<>();
        for (Minute minute : minutes) {
            long[] both = most.computeIfAbsent(minute.start(), start -> new long[2]);
            both[0] = Math.max(both[0], minute.forward());
            both[1] = Math.max(both[1], minute.reverse());
        }
        long forward = 0;
        long reverse = 0;
        for (long[] both : most.values()) {
            forward += both[0];
            reverse += both[1];
        }
        return Math.max(forward, reverse);
    }

    private static Minute minute(String key, byte[] value) {
        long start = Long.parseLong(key, 0, 16, 16);
        String source = key.substring(16);
        return Fields.decode(
                VERSION,
                value,
                from ->
                        new Minute(
                                source,
                                start,
                                from.number(),
                                from.number(),
                                from.flag(),
                                from.flag(),
                                from.texts()));
    }

    private static String hex(long at) {
        return HexFormat.of().toHexDigits(Math.max(0, at));
    }
}
