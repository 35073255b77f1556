package io.flowwarden.judge;

import io.flowwarden.detect.Memory;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;

/** A detector's part of the task's store. */
record StoreMemory(KeyValueStore<String, byte[]> store, String prefix) implements Memory {
    @Override
    public byte[] get(String key) {
        return store.get(prefix + key);
    }

    @Override
    public void put(String key, byte[] value) {
        store.put(prefix + key, value);
    }

    @Override
    public void delete(String key) {
        store.delete(prefix + key);
    }

    @Override
    public void scan(String from, BiConsumer<String, byte[]> each) {
        try (var all = store.prefixScan(prefix + from, Serdes.String().serializer())) {
            all.forEachRemaining(
                    entry -> each.accept(entry.key.substring(prefix.length()), entry.value));
        }
    }
}
