package io.flowwarden.connect.objects;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import io.flowwarden.connect.objects.Candidates.Candidate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that lists and reads, so that ticks go on while a store is slow. A bounded queue is
 * all that lies between it and the task.
 */
final class Collecting implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);

    /** Chunks of at most 64 KiB each. */
    private static final int QUEUED = 64;

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

    private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(QUEUED);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ObjectStore store;
    private final ObjectSourceConfig config;
    private final Doneness done;
    private final Counters counters;
    private final InstantSource clock;
    private final Scan scan;
    private final Reader reader;
    private volatile Throwable failure;
    private final Set<Long> failed = new HashSet<>();
    private boolean welcome;
    private Duration backoff = FIRST_BACKOFF;

    Collecting(
            ObjectStore store,
            ObjectLog log,
            ObjectSourceConfig config,
            Doneness done,
            Counters counters,
            InstantSource clock) {
        this.store = store;
        this.config = config;
        this.done = done;
        this.counters = counters;
        this.clock = clock;
        this.scan =
                new Scan(
                        store,
                        config.prefixes(),
                        config.include(),
                        config.minAge(),
                        done,
                        counters);
        this.reader = new Reader(store, log, done, counters, clock, queue::put, this::stopped);
    }

    /**
     * The next chunk.
     *
     * @return null if there is none in that time
     */
    Chunk next(Duration wait) throws InterruptedException {
        return queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What ended the thread against its will, or null. */
    Throwable failure() {
        return failure;
    }

    void stop() {
        stop.countDown();
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    @Override
    public void run() {
        try {
            for (var bucket : done.all().entrySet()) {
                // The floor of a bucket without objects must outlive a restart, too.
                queue.put(new Chunk(null, 0, bucket.getKey(), bucket.getValue().offset()));
            }
            while (!stopped()) {
                Duration rest = attempt();
                stop.await(rest.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreRefused | RuntimeException | Error e) {
            // A task that ticks and reads nothing would look like a quiet network.
            failure = e;
        }
    }

    /** How long to rest after one round. */
    private Duration attempt() throws StoreRefused, InterruptedException {
        try {
            boolean all = round();
            if (backoff.compareTo(FIRST_BACKOFF) > 0) {
                LOG.info("{} answers again", store.name());
            }
            backoff = FIRST_BACKOFF;
            return all ? config.scanInterval() : Duration.ZERO;
        } catch (IOException e) {
            if (stopped()) {
                return Duration.ZERO;
            }
            if (e instanceof StoreRefused refused && !welcome) {
                // It never worked: a person has to look at the options, and will look at the task.
                throw refused;
            }
            counters.errors.incrementAndGet();
            LOG.warn(
                    "{} fails, next attempt in {} s: {}",
                    store.name(),
                    backoff.toSeconds(),
                    e.toString());
            Duration rest = backoff;
            Duration next = backoff.multipliedBy(2);
            backoff = next.compareTo(config.longestBackoff()) < 0 ? next : config.longestBackoff();
            return rest;
        }
    }

    /**
     * Lists, and reads what waits.
     *
     * @return whether that was all; else more waits
     * @throws IOException the last failure, after everything else was tried
     */
    private boolean round() throws IOException, InterruptedException {
        Instant start = clock.instant();
        Candidates waiting = scan.list(start, this::stopped);
        welcome = true;
        IOException last = null;
        int inARow = 0;
        List<Candidate> all = failedLast(waiting.inOrder());
        counters.waiting.set(all.size());
        for (Candidate candidate : all) {
            if (stopped()) {
                return true;
            }
            try {
                reader.read(candidate);
                failed.remove(candidate.hash());
                inARow = 0;
            } catch (IOException e) {
                failed.add(candidate.hash());
                last = new IOException(candidate.object().key() + ": " + e.getMessage(), e);
                // One object may fail for itself; where several in a row do, it is the store.
                if (++inARow == 3) {
                    throw last;
                }
            }
            counters.waiting.decrementAndGet();
        }
        counters.scans.incrementAndGet();
        if (waiting.complete()) {
            raise(start);
        }
        if (last != null) {
            throw last;
        }
        return waiting.complete();
    }

    /** Objects that cannot be read must not keep us from those that can. */
    private List<Candidate> failedLast(List<Candidate> byAge) {
        var order = new ArrayList<>(byAge);
        order.sort(comparing(candidate -> failed.contains(candidate.hash())));
        failed.retainAll(byAge.stream().map(Candidate::hash).collect(toSet()));
        return order;
    }

    /** Lets go of what has left the window; an eighth of it at a time, for the offsets' sake. */
    private void raise(Instant start) throws InterruptedException {
        long floor = start.minus(config.lookback()).toEpochMilli();
        for (var bucket : done.all().entrySet()) {
            DoneSet set = bucket.getValue();
            if (floor - set.floor() >= config.lookback().toMillis() / 8) {
                set.raise(floor);
                queue.put(new Chunk(null, 0, bucket.getKey(), set.offset()));
            }
        }
    }
}
