package io.flowwarden.connect.objects;

import io.flowwarden.connect.objects.Candidates.Candidate;
import io.flowwarden.input.LogObject;
import io.flowwarden.raw.RawRecord;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one object after the other into chunks, and notes each step in the done sets. */
final class Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

    /** A log delivered within this time of its last row is live, and not a copy of an old one. */
    private static final long LIVE = 3_600_000;

    private static final Duration SETTLED = Duration.ofMinutes(1);

    /** Takes a chunk; waits while there is no room. */
    interface Out {
        void put(Chunk chunk) throws InterruptedException;
    }

    private final ObjectStore store;
    private final ObjectLog log;
    private final Doneness done;
    private final Counters counters;
    private final InstantSource clock;
    private final Out out;
    private final BooleanSupplier stopped;

    Reader(
            ObjectStore store,
            ObjectLog log,
            Doneness done,
            Counters counters,
            InstantSource clock,
            Out out,
            BooleanSupplier stopped) {
        this.store = store;
        this.log = log;
        this.done = done;
        this.counters = counters;
        this.clock = clock;
        this.out = out;
        this.stopped = stopped;
    }

    /**
     * Reads what is new of an object.
     *
     * @throws IOException if the store failed; what was read until then is noted
     */
    void read(Candidate candidate) throws IOException {
        StoredObject object = candidate.object();
        DoneSet set = done.of(candidate.bucket());
        long from = set.from(object, store.grows());
        if (from < 0) {
            return;
        }
        var step = new Step(candidate, set, from);
        try {
            LogObject.End end = log.read(object.key(), from, settled(object), step::open, step);
            if (step.failure != null) {
                // A log reader takes whatever ends its bytes for damage; this one may pass.
                throw step.failure;
            }
            step.finish(end);
            if (end.whole()) {
                report(object, end);
            }
        } catch (ObjectGone e) {
            set.forget(object);
            counters.gone.incrementAndGet();
            LOG.info("{} was listed in {} and is gone", object.key(), store.name());
        } catch (IOException e) {
            if (!stopped.getAsBoolean()) {
                step.interrupt();
            }
            throw e;
        }
    }

    /** Whether nobody is writing it now: half a line, or half of a gzip, is all there will be. */
    private boolean settled(StoredObject object) {
        return !store.grows() || object.modified() <= clock.instant().minus(SETTLED).toEpochMilli();
    }

    private void report(StoredObject object, LogObject.End end) {
        if (!end.known()) {
            counters.unknown.incrementAndGet();
            LOG.warn("{} in {} is no flow log", object.key(), store.name());
        } else if (end.damage() != null) {
            counters.damaged.incrementAndGet();
            LOG.warn(
                    "{} in {} is damaged: {}; what stands before is read",
                    object.key(),
                    store.name(),
                    end.damage().place() + ": " + end.damage().reason());
        }
        counters.read.incrementAndGet();
        counters.latest.accumulateAndGet(object.modified(), Math::max);
    }

    /**
     * The reading of one object. A record is held back until the next one is known, because the
     * last one says that the object is done and until when the log is complete.
     */
    private final class Step implements LogObject.Sink {
        private final StoredObject object;
        private final int bucket;
        private final DoneSet set;
        private RawRecord held;
        private long position;
        private IOException failure;

        Step(Candidate candidate, DoneSet set, long from) {
            this.object = candidate.object();
            this.bucket = candidate.bucket();
            this.set = set;
            this.position = from;
        }

        InputStream open(long from) throws IOException {
            return new Watched(store.open(object, from));
        }

        @Override
        public void accept(RawRecord raw, long next) throws IOException {
            if (stopped.getAsBoolean()) {
                throw new InterruptedIOException("stopped");
            }
            if (failure != null) {
                // Made of what came before the failure, it may end within a line.
                throw failure;
            }
            if (held != null) {
                hand(false, 0);
            }
            held = raw;
            position = next;
        }

        void finish(LogObject.End end) throws IOException {
            position = end.position();
            hand(end.whole(), held == null || !end.whole() ? 0 : completeUntil());
        }

        /** After a failure of the store the next attempt goes on here, however old it is then. */
        void interrupt() throws IOException {
            hand(false, 0);
        }

        private long completeUntil() {
            return object.modified() - held.receivedAt() <= LIVE ? object.modified() : 0;
        }

        private void hand(boolean last, long completeUntil) throws IOException {
            int lost = set.read(object, position, last);
            counters.givenUp.addAndGet(lost);
            try {
                out.put(new Chunk(held, completeUntil, bucket, set.offset()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped");
            }
            counters.records.addAndGet(held == null ? 0 : 1);
            held = null;
        }

        /** Remembers why the bytes ended. */
        private final class Watched extends FilterInputStream {
            Watched(InputStream in) {
                super(in);
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
            }

            @Override
            public int read(byte[] target, int at, int length) throws IOException {
                try {
                    int count = super.read(target, at, length);
                    counters.bytes.addAndGet(Math.max(0, count));
                    return count;
                } catch (IOException e) {
                    failure = e;
                    throw e;
                }
            }
        }
    }
}
