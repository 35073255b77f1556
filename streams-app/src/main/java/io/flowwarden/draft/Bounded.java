package io.flowwarden.draft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A map that forgets: beyond its size the lighter half goes, ties by key, so the same input leaves
 * the same. Whoever talks much stays, however many others a scan or a forged sender invents.
 */
final class Bounded<K extends Comparable<K>, V> {
    private final int most;
    private final ToLongFunction<V> weight;
    private final Map<K, V> kept = new HashMap<>();
    private boolean forgetful;

    Bounded(int most, ToLongFunction<V> weight) {
        this.most = most;
        this.weight = weight;
    }

    /** The value of a key, made if need be. */
    V at(K key, Function<K, V> make) {
        V value = kept.get(key);
        if (value == null) {
            if (kept.size() >= most) {
                forgetLight();
            }
            value = make.apply(key);
            kept.put(key, value);
        }
        return value;
    }

    /** What is kept, by key. */
    TreeMap<K, V> sorted() {
        return new TreeMap<>(kept);
    }

    int most() {
        return most;
    }

    /** Whether anything was forgotten. */
    boolean forgetful() {
        return forgetful;
    }

    private void forgetLight() {
        forgetful = true;
        List<Map.Entry<K, V>> entries = new ArrayList<>(kept.entrySet());
        entries.sort(
                Comparator.comparingLong(
                                (Map.Entry<K, V> entry) -> weight.applyAsLong(entry.getValue()))
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()));
        entries.subList(0, entries.size() - most / 2).forEach(light -> kept.remove(light.getKey()));
    }
}
