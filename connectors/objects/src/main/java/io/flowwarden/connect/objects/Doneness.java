package io.flowwarden.connect.objects;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The done sets of one task, by bucket. */
final class Doneness {
    private final Map<Integer, DoneSet> sets = new TreeMap<>();

    /**
     * @param offsets what Connect kept, by bucket; null where it kept nothing
     * @param since of an empty bucket: objects last modified then or before are too old
     */
    Doneness(Map<Integer, Map<String, Object>> offsets, Instant since, int most) {
        offsets.forEach(
                (bucket, offset) ->
                        sets.put(
                                bucket,
                                offset == null
                                        ? new DoneSet(since.toEpochMilli(), most)
                                        : DoneSet.of(offset, most)));
    }

    /** The set of a bucket, or null where another task has it. */
    DoneSet of(int bucket) {
        return sets.get(bucket);
    }

    Map<Integer, DoneSet> all() {
        return sets;
    }

    /** Objects last modified before this need not be listed. */
    Instant floor() {
        return Instant.ofEpochMilli(
                sets.values().stream().mapToLong(DoneSet::floor).min().orElseThrow());
    }
}
