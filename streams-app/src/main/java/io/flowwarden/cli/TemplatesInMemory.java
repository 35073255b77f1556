package io.flowwarden.cli;

import io.flowwarden.decode.TemplateStore;
import java.util.HashMap;
import java.util.Map;

/** Templates for as long as a command runs. */
final class TemplatesInMemory implements TemplateStore {
    private final Map<String, byte[]> templates = new HashMap<>();

    @Override
    public byte[] get(String source) {
        return templates.get(source);
    }

    @Override
    public void put(String source, byte[] value) {
        templates.put(source, value);
    }
}
