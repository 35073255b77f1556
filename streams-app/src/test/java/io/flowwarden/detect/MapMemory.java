package io.flowwarden.detect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What a task would have stored. */
public final class MapMemory implements Memory {
    private final Map<String, byte[]> entries = new TreeMap<>();
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
        for (var entry : List.copyOf(entries.entrySet())) {
            if (entry.getKey().startsWith(prefix)) {
                each.accept(entry.getKey(), entry.getValue());
            }
        }
    }

    /** How often something was put. */
    public int puts() {
        return puts;
    }

    public long bytes() {
        return entries.entrySet().stream()
                .mapToLong(e -> e.getKey().length() + e.getValue().length)
                .sum();
    }
}
