package io.flowwarden.schemas.registry;

import java.util.LinkedHashMap;
import java.util.Map;

/** A small map that forgets what was asked for least recently. Thread-safe. */
final class Remembered<K, V> {
    private final Map<K, V> entries;

    Remembered(int capacity) {
        entries =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                        return size() > capacity;
                    }
                };
    }

    synchronized V get(K key) {
        return entries.get(key);
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    synchronized void remove(K key) {
        entries.remove(key);
    }

    synchronized int size() {
        return entries.size();
    }
}
