package io.flowwarden.alert;

import java.util.TreeMap;
import java.util.function.BiPredicate;

/** The store of a settle task, in heap. */
final class TreeMemory implements SettleMemory {
    final TreeMap<String, byte[]> entries = new TreeMap<>();

    @Override
    public byte[] get(String key) {
        return entries.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        entries.put(key, value);
    }

    @Override
    public void delete(String key) {
        entries.remove(key);
    }

    @Override
    public void range(String from, String to, BiPredicate<String, byte[]> wantsMore) {
        for (var entry : entries.subMap(from, true, to, true).entrySet()) {
            if (!wantsMore.test(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }
}
