package io.flowwarden.detect;

import java.util.function.BiConsumer;

/**
 * What a detector remembers across restarts: its own part of the task's store. A key is put at most
 * once a batch if it can be helped; nothing is read from it per flow.
 */
public interface Memory {
    /** The value, or null. */
    byte[] get(String key);

    void put(String key, byte[] value);

    void delete(String key);

    /** Every entry whose key begins so, in the order of keys; it may be deleted meanwhile. */
    void scan(String prefix, BiConsumer<String, byte[]> each);
}
