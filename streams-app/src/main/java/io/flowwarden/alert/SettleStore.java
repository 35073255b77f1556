package io.flowwarden.alert;

import java.util.function.BiPredicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The one store of a settle task; what is in it, by prefix, is told by its users. */
record SettleStore(KeyValueStore<String, byte[]> store) implements SettleMemory {
    static final String NAME = "settle-store";

    static StoreBuilder<KeyValueStore<String, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    @Override
    public byte[] get(String key) {
        return store.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        store.put(key, value);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public void range(String from, String to, BiPredicate<String, byte[]> wantsMore) {
        try (KeyValueIterator<String, byte[]> found = store.range(from, to)) {
            while (found.hasNext()) {
                KeyValue<String, byte[]> entry = found.next();
                if (!wantsMore.test(entry.key, entry.value)) {
                    return;
                }
            }
        }
    }
}
