package io.flowwarden.classify;

import io.flowwarden.flow.Origin;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who opened the conversations that a source showed for certain, and which pairs lately agreed on
 * ports (135, 445). Bounded per source, oldest out, and written to the judge's store at the end of
 * each batch that taught it something; what is in heap is only a copy of what is stored.
 */
public final class ConversationMemory {
    /** The store, as seen from here: a small number of buckets for each source. */
    public interface Buckets {
        /** What was last put there, or null. */
        byte[] get(String source, int bucket);

        void put(String source, int bucket, byte[] value);

        /** Whether there was anything. */
        boolean delete(String source, int bucket);
    }

    /** Conversations of one source: buckets 0 to 255 of 256 each, 65 536 in all. */
    private static final int SEGMENTS = 256;

    private static final int PER_SEGMENT = 256;

    /** Pairs that agreed on ports: buckets 256 to 271 of 64 each, 1024 in all. */
    private static final int PAIR_SEGMENTS = 16;

    private static final int PAIRS_PER_SEGMENT = 64;

    /** Entries of all sources that heap holds at once, about 32 bytes each. */
    private static final long HEAP_ENTRIES = 2_000_000;

    private final Buckets buckets;
    private final Map<String, Source> sources = new LinkedHashMap<>(16, 0.75f, true);
    private long used;

    public ConversationMemory(Buckets buckets) {
        this.buckets = buckets;
    }

    /** A memory that outlives nothing: for one run over a file, for a question typed by hand. */
    public static ConversationMemory transientOnly() {
        return new ConversationMemory(
                new Buckets() {
                    private final Map<String, Map<Integer, byte[]>> kept =
                            new java.util.HashMap<>();

                    @Override
                    public byte[] get(String source, int bucket) {
                        return kept.getOrDefault(source, Map.of()).get(bucket);
                    }

                    @Override
                    public void put(String source, int bucket, byte[] value) {
                        kept.computeIfAbsent(source, s -> new java.util.HashMap<>())
                                .put(bucket, value);
                    }

                    @Override
                    public boolean delete(String source, int bucket) {
                        return kept.getOrDefault(source, Map.of()).remove(bucket) != null;
                    }
                });
    }

    /** Forgets what is in heap; the next batch reads the store again. For a processor's init(). */
    public void forget() {
        sources.clear();
        used = 0;
    }

    /** Forgets one source in heap. */
    public void forget(String source) {
        Source known = sources.remove(source);
        if (known != null) {
            used -= known.counted;
        }
    }

    /** Deletes all buckets of a source; they are begun one after the other. */
    public static void forget(Buckets buckets, String source) {
        for (int s = 0; s < SEGMENTS && buckets.delete(source, s); s++) {}
        for (int s = 0; s < PAIR_SEGMENTS && buckets.delete(source, SEGMENTS + s); s++) {}
    }

    /** Entries that heap has room for at present, all sources together. */
    long heapEntries() {
        return sources.values().stream()
                .mapToLong(source -> source.conversations.room() + source.pairs.room())
                .sum();
    }

    /** What is remembered of a source. */
    Source of(Origin origin) {
        String source = origin.source();
        Source known = sources.get(source);
        if (known == null) {
            known = new Source(source, buckets);
            sources.put(source, known);
            account(known);
        }
        return known;
    }

    /** Stores what the batch taught, and drops from heap what was not asked for longest. */
    void flush(Source source) {
        if (source.flush()) {
            account(source);
        }
    }

    private void account(Source latest) {
        used += latest.grown();
        var oldest = sources.values().iterator();
        while (used > HEAP_ENTRIES && sources.size() > 1) {
            used -= oldest.next().counted;
            oldest.remove();
        }
    }

    /** Memory of one source. */
    static final class Source {
        /** Bit 0 of a conversation: the lower of both ends is the client. */
        private static final long LOWER_IS_CLIENT = 1;

        private static final long HOUR = 3_600;
        private static final long SECONDS = 0xffffffffL;

        private final String name;
        private final Buckets buckets;
        private final Fifo conversations = new Fifo(SEGMENTS, PER_SEGMENT, ~LOWER_IS_CLIENT);
        private final Fifo pairs = new Fifo(PAIR_SEGMENTS, PAIRS_PER_SEGMENT, ~SECONDS);
        private long counted;

        Source(String name, Buckets buckets) {
            this.name = name;
            this.buckets = buckets;
            conversations.load(segment -> buckets.get(name, segment));
            pairs.load(segment -> buckets.get(name, SEGMENTS + segment));
        }

        /** Entries of heap that it took since it was asked last. */
        long grown() {
            long before = counted;
            counted = conversations.room() + pairs.room();
            return counted - before;
        }

        boolean knowsAny() {
            return conversations.size() > 0;
        }

        /**
         * Who the client of a 5-tuple was.
         *
         * @return 1 the first end, -1 the second, 0 unknown
         */
        int client(Tuple tuple) {
            long found = conversations.find(tuple.conversation());
            if (found == 0) {
                return 0;
            }
            return (found & LOWER_IS_CLIENT) != 0 == tuple.firstIsLower() ? 1 : -1;
        }

        void remember(Tuple tuple, boolean firstIsClient) {
            boolean lowerIsClient = firstIsClient == tuple.firstIsLower();
            conversations.put(tuple.conversation() | (lowerIsClient ? LOWER_IS_CLIENT : 0));
        }

        /** The pair was seen on a port over which others are agreed on. */
        void agreed(Tuple tuple, long epochMillis) {
            long seen = Math.max(0, epochMillis / 1000) & SECONDS;
            long known = pairs.find(tuple.pair());
            if (known == 0 || (known & SECONDS) < seen) {
                pairs.put(tuple.pair() | seen);
            }
        }

        boolean agreedWithinTheHour(Tuple tuple, long epochMillis) {
            long known = pairs.find(tuple.pair());
            return known != 0 && epochMillis / 1000 - (known & SECONDS) <= HOUR;
        }

        /** Stores what changed, and says whether anything did. */
        boolean flush() {
            boolean learned = store(conversations, 0);
            return store(pairs, SEGMENTS) || learned;
        }

        private boolean store(Fifo fifo, int firstBucket) {
            BitSet changed = fifo.changed();
            if (changed.isEmpty()) {
                return false;
            }
            for (int s = changed.nextSetBit(0); s >= 0; s = changed.nextSetBit(s + 1)) {
                buckets.put(name, firstBucket + s, fifo.segment(s));
            }
            changed.clear();
            return true;
        }
    }
}
