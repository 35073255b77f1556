package io.flowwarden.witness;

import io.flowwarden.detect.Memory;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A memory in a map. */
final class MapMemory implements Memory {
    private final TreeMap<String, byte[]> entries = new TreeMap<>();
    private int puts;

    @Override
    public byte[] get(String key) {
        return entries.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        entries.put(key, value.clone());
        puts++;
    }

    @Override
    public void delete(String key) {
        entries.remove(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, byte[]> each) {
        new TreeMap<>(entries.tailMap(prefix))
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(prefix)) {
                                each.accept(key, value);
                            }
                        });
    }

    int size() {
        return entries.size();
    }

    int puts() {
        return puts;
    }
}
