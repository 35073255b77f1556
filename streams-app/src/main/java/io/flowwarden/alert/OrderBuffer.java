package io.flowwarden.alert;

import io.flowwarden.schemas.Finding;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Findings of all raw partitions, put in one order: by tick time, raw partition, raw offset and
 * number. They wait until every raw partition has told that it is past their tick time, so the
 * order does not depend on who was faster.
 */
final class OrderBuffer {
    private static final String FINDINGS = "q/";
    private static final String CLOCKS = "k/";
    private static final HexFormat HEX = HexFormat.of();
    private static final String END = FINDINGS + "~";

    private final SettleMemory memory;

    /** Tick time by raw partition, a copy of the store's. */
    private final TreeMap<Integer, Long> clocks = new TreeMap<>();

    private int rawPartitions = Integer.MAX_VALUE;

    /**
     * Key of the first finding that waits, or one before it, or after all. To look for it from the
     * beginning each time means to pass by all that were ever deleted and not yet compacted away.
     */
    private String first = END;

    private int waiting;

    OrderBuffer(SettleMemory memory) {
        this.memory = memory;
        memory.scan(
                CLOCKS,
                (key, value) -> {
                    var stored = ByteBuffer.wrap(value);
                    clocks.put(Integer.parseInt(key.substring(CLOCKS.length())), stored.getLong());
                    rawPartitions = stored.getInt();
                    return true;
                });
        memory.scan(
                FINDINGS,
                (key, value) -> {
                    awaits(key);
                    return true;
                });
    }

    /** A finding, as it came: its place and its bytes. */
    void add(Finding finding, byte[] value) {
        String key =
                FINDINGS
                        + HEX.toHexDigits(Math.max(0, finding.getArrival()))
                        + HEX.toHexDigits(finding.getRawPartition())
                        + HEX.toHexDigits(finding.getRawOffset())
                        + HEX.toHexDigits(finding.getSequence())
                        + finding.getSource();
        memory.put(key, value);
        awaits(key);
    }

    private void awaits(String key) {
        waiting++;
        if (key.compareTo(first) < 0) {
            first = key;
        }
    }

    /** A raw partition is past this tick time. */
    void clock(int rawPartition, long tick, boolean last, int ofPartitions) {
        long at = last ? Long.MAX_VALUE : tick;
        rawPartitions = ofPartitions;
        if (at > clocks.getOrDefault(rawPartition, Long.MIN_VALUE)) {
            clocks.put(rawPartition, at);
            memory.put(
                    CLOCKS + rawPartition,
                    ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                            .putLong(at)
                            .putInt(ofPartitions)
                            .array());
        }
    }

    /** Time up to which, itself not included, everything is here; nothing yet: the least long. */
    long complete() {
        if (clocks.size() < rawPartitions) {
            return Long.MIN_VALUE;
        }
        return clocks.values().stream().mapToLong(c -> c).min().orElse(Long.MIN_VALUE);
    }

    /** Whether no raw partition has anything more to come. */
    boolean isFinal() {
        return complete() == Long.MAX_VALUE;
    }

    /**
     * Takes out, in order, the findings of tick times before that of {@link #complete}.
     *
     * @param most how many at most; the rest comes first the next time
     * @return whether that was all
     */
    boolean drain(int most, Consumer<byte[]> each) {
        long to = complete();
        if (to == Long.MIN_VALUE) {
            return true;
        }
        String end = to == Long.MAX_VALUE ? END : FINDINGS + HEX.toHexDigits(Math.max(0, to));
        if (first.compareTo(end) >= 0) {
            return true;
        }
        List<String> keys = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        // Once for all of them: a range of a cached store costs as much as there are entries in it.
        memory.range(
                first,
                end,
                (key, value) -> {
                    keys.add(key);
                    values.add(value);
                    return keys.size() < most;
                });
        waiting -= keys.size();
        boolean all = keys.size() < most;
        first = waiting == 0 ? END : all ? end : keys.get(keys.size() - 1);
        for (int i = 0; i < keys.size(); i++) {
            memory.delete(keys.get(i));
            each.accept(values.get(i));
        }
        return all;
    }
}
