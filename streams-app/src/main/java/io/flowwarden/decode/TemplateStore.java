package io.flowwarden.decode;

/**
 * Where the templates of a source survive a restart. The decoder reads a source's entry on first
 * sight and writes it at most once per raw record, after that record is decoded.
 */
public interface TemplateStore {
    /** The bytes last put for this source, or null. */
    byte[] get(String source);

    void put(String source, byte[] templates);
}
