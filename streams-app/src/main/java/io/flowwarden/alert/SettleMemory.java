package io.flowwarden.alert;

import java.util.function.BiPredicate;

/** What a settle task remembers across restarts, by ordered keys. */
interface SettleMemory {
    byte[] get(String key);

    void put(String key, byte[] value);

    void delete(String key);

    /**
     * Entries in the order of their keys, both ends included, until the visitor has enough. It must
     * not change the store meanwhile.
     */
    void range(String from, String to, BiPredicate<String, byte[]> wantsMore);

    /** Every entry whose key begins so. */
    default void scan(String prefix, BiPredicate<String, byte[]> wantsMore) {
        range(prefix, prefix + '\uffff', wantsMore);
    }
}
