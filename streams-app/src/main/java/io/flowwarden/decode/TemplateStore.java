package io.flowwarden.decode;

/**
 * Where the templates of a source survive a restart. The decoder reads a source's entry on first
 * sight and writes it at most once per raw record, after that record is decoded.
 */
public interface TemplateStore {
    /** The bytes last put for this source, or null. */
    byte[] get(String source);

    void put(String source, byte[] templates);

    /** Sequence numbers last put for this source, or null; a store for one run keeps none. */
    default byte[] sequences(String source) {
        return null;
    }

    /** Takes sequence numbers, once for every datagram. */
    default void sequences(String source, byte[] sequences) {}
}
