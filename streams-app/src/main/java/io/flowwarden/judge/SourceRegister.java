package io.flowwarden.judge;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The sources that a task keeps state of. Their number is bounded: when one more is heard, the one
 * not heard of longest is forgotten, in the store and in heap, so that spoofed sources cost each
 * other their place and not the disk.
 *
 * <p>Who goes must not depend on restarts, so the order lies in the store. To spare the puts a
 * source keeps its place until a quarter of {@code most} others came in since it got it; while no
 * new source is heard nothing is written.
 */
final class SourceRegister {
    /**
     * @param admitted how many sources had ever come in when this one got its place
     * @param number of the place; the least goes first
     */
    private record Place(long admitted, long number) {
        byte[] encoded() {
            return ByteBuffer.allocate(2 * Long.BYTES).putLong(admitted).putLong(number).array();
        }

        static Place decoded(byte[] bytes) {
            var from = ByteBuffer.wrap(bytes);
            return new Place(from.getLong(), from.getLong());
        }
    }

    private final JudgeStore store;
    private final int most;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Consumer<String>> heaps = new ArrayList<>();
    private long admitted;
    private long numbered;

    /** Reads the places back from the store, which this is a copy of. */
    SourceRegister(JudgeStore store, int most) {
        this.store = store;
        this.most = most;
        var stored = new ArrayList<Map.Entry<String, Place>>();
        store.places((source, place) -> stored.add(Map.entry(source, Place.decoded(place))));
        stored.sort((a, b) -> Long.compare(a.getValue().number(), b.getValue().number()));
        for (var entry : stored) {
            places.put(entry.getKey(), entry.getValue());
            admitted = Math.max(admitted, entry.getValue().admitted());
            numbered = entry.getValue().number();
        }
    }

    /** Who else remembers something of sources that are forgotten. */
    void whenForgotten(Consumer<String> heap) {
        heaps.add(heap);
    }

    /** Whether the source has a place. */
    boolean knows(String source) {
        return places.containsKey(source);
    }

    int size() {
        return places.size();
    }

    /**
     * A record of this source is here: it gets a place, or keeps it.
     *
     * @return how many others were forgotten for it
     */
    int heard(String source) {
        Place place = places.get(source);
        if (place != null && (admitted - place.admitted()) * 4 < most) {
            return 0;
        }
        if (place == null) {
            admitted++;
        } else {
            places.remove(source);
        }
        place = new Place(admitted, ++numbered);
        places.put(source, place);
        store.place(source, place.encoded());
        int forgotten = 0;
        while (places.size() > most) {
            forget(places.keySet().iterator().next());
            forgotten++;
        }
        return forgotten;
    }

    private void forget(String source) {
        places.remove(source);
        store.forget(source);
        heaps.forEach(heap -> heap.accept(source));
    }
}
