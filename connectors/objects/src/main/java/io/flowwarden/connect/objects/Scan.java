package io.flowwarden.connect.objects;

import io.flowwarden.connect.objects.Candidates.Candidate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** One listing of all prefixes: which objects wait to be read. */
final class Scan {
    /** What fits a few MB; where more wait, the newest of them wait for the next scan. */
    static final int MOST = 10_000;

    private final ObjectStore store;
    private final Prefixes prefixes;
    private final Pattern include;
    private final Duration minAge;
    private final Doneness done;
    private final Counters counters;

    Scan(
            ObjectStore store,
            Prefixes prefixes,
            Pattern include,
            Duration minAge,
            Doneness done,
            Counters counters) {
        this.store = store;
        this.prefixes = prefixes;
        this.include = include;
        this.minAge = minAge;
        this.done = done;
        this.counters = counters;
    }

    /**
     * @param stopped whether the listing may end early
     */
    Candidates list(Instant now, BooleanSupplier stopped) throws IOException {
        var waiting = new Candidates(MOST);
        long youngest = now.minus(minAge).toEpochMilli();
        long tooOld = 0;
        for (String prefix : prefixes.of(done.floor(), now)) {
            String next = null;
            do {
                ObjectStore.Page page = store.list(prefix, next);
                for (StoredObject object : page.objects()) {
                    tooOld += consider(object, youngest, waiting) ? 1 : 0;
                }
                counters.listed.addAndGet(page.objects().size());
                next = page.next();
            } while (next != null && !stopped.getAsBoolean());
        }
        counters.tooOld.set(tooOld);
        return waiting;
    }

    /** Whether it is too old. */
    private boolean consider(StoredObject object, long youngest, Candidates waiting) {
        // Nothing is in an empty object, and where it grows it will be listed with another size.
        if (object.size() == 0 || !include.matcher(object.key()).matches()) {
            return false;
        }
        int bucket = Bucket.of(object.key());
        DoneSet set = done.of(bucket);
        if (set == null || minAge.toMillis() > 0 && object.modified() > youngest) {
            return false;
        }
        long from = set.from(object, store.grows());
        if (from >= 0) {
            waiting.add(new Candidate(object, KeyHash.of(object.key()), bucket));
        }
        return from == DoneSet.TOO_OLD;
    }
}
