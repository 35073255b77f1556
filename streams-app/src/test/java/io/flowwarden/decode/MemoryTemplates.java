package io.flowwarden.decode;

import java.util.HashMap;
import java.util.Map;

/** Templates in a map, and how often they were put. */
public final class MemoryTemplates implements TemplateStore {
    private final Map<String, byte[]> entries = new HashMap<>();
    private final Map<String, byte[]> sequences = new HashMap<>();
    private int puts;

    @Override
    public byte[] get(String source) {
        return entries.get(source);
    }

    @Override
    public void put(String source, byte[] templates) {
        puts++;
        entries.put(source, templates);
    }

    @Override
    public byte[] sequences(String source) {
        return sequences.get(source);
    }

    @Override
    public void sequences(String source, byte[] numbers) {
        sequences.put(source, numbers);
    }

    public int puts() {
        return puts;
    }
}
