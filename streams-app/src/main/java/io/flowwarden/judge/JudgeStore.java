package io.flowwarden.judge;

import io.flowwarden.classify.ConversationMemory;
import io.flowwarden.decode.TemplateStore;
import io.flowwarden.detect.Memory;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The one store of a judge task: everything that must survive it, told apart by key prefix. Places,
 * templates, sequences, chunks seen and conversations are kept by source, the books once.
 *
 * <p>It is cached, so what a batch touches is put once and reaches RocksDB and the changelog once
 * per commit. Whoever keeps a copy of it in heap drops that copy in {@code init()}: after an
 * aborted transaction the same instance goes on, and its store is behind.
 */
public final class JudgeStore implements TemplateStore, ConversationMemory.Buckets {
    public static final String NAME = "judge-store";

    private static final String BOOKS = "books";
    private static final String PLACES = "s/";
    private static final String TEMPLATES = "t/";
    private static final String SEQUENCES = "q/";
    private static final String CONVERSATIONS = "m/";
    private static final String CHUNKS = "c/";
    private static final String TICK = "tick";
    private static final String DETECTORS = "d/";

    static final long NO_TICK = Long.MIN_VALUE;

    private final KeyValueStore<String, byte[]> store;

    public JudgeStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** The same builder for every processor that uses the store. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    public byte[] books() {
        return store.get(BOOKS);
    }

    public void books(byte[] books) {
        store.put(BOOKS, books);
    }

    @Override
    public byte[] get(String source) {
        return store.get(TEMPLATES + source);
    }

    @Override
    public void put(String source, byte[] templates) {
        store.put(TEMPLATES + source, templates);
    }

    @Override
    public byte[] sequences(String source) {
        return store.get(SEQUENCES + source);
    }

    @Override
    public void sequences(String source, byte[] sequences) {
        store.put(SEQUENCES + source, sequences);
    }

    @Override
    public byte[] get(String source, int bucket) {
        return store.get(CONVERSATIONS + source + "/" + bucket);
    }

    @Override
    public void put(String source, int bucket, byte[] value) {
        store.put(CONVERSATIONS + source + "/" + bucket, value);
    }

    /** Time of the last tick, or {@link #NO_TICK}. */
    long tick() {
        byte[] tick = store.get(TICK);
        return tick == null ? NO_TICK : ByteBuffer.wrap(tick).getLong();
    }

    void tick(long at) {
        store.put(TICK, ByteBuffer.allocate(Long.BYTES).putLong(at).array());
    }

    /** The part of the store that a detector has to itself. */
    Memory memory(String detector) {
        return new StoreMemory(store, DETECTORS + detector + "/");
    }

    /** Every source with its place in the order of {@link SourceRegister}. */
    void places(BiConsumer<String, byte[]> each) {
        try (var all = store.prefixScan(PLACES, Serdes.String().serializer())) {
            all.forEachRemaining(
                    entry -> each.accept(entry.key.substring(PLACES.length()), entry.value));
        }
    }

    void place(String source, byte[] place) {
        store.put(PLACES + source, place);
    }

    /** Deletes all that is kept by this source. */
    void forget(String source) {
        store.delete(PLACES + source);
        store.delete(TEMPLATES + source);
        store.delete(SEQUENCES + source);
        store.delete(CHUNKS + source);
        ConversationMemory.forget(this, source);
    }

    @Override
    public boolean delete(String source, int bucket) {
        return store.delete(CONVERSATIONS + source + "/" + bucket) != null;
    }

    /** Chunks of a log that were seen, oldest first, or null. */
    byte[] chunks(String source) {
        return store.get(CHUNKS + source);
    }

    void chunks(String source, byte[] seen) {
        store.put(CHUNKS + source, seen);
    }
}
