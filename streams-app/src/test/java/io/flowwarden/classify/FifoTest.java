package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FifoTest {
    private static final long KEY = ~0xffL;

    @Test
    void rememberedUntilTheOldestSegmentIsNeeded() {
        var fifo = new Fifo(2, 3, KEY);
        for (int i = 1; i <= 6; i++) {
            fifo.put(entry(i, i));
        }
        assertEquals(entry(1, 1), fifo.find(entry(1, 0)));
        fifo.put(entry(7, 7));
        assertEquals(0, fifo.find(entry(1, 0)));
        assertEquals(0, fifo.find(entry(3, 0)));
        assertEquals(entry(4, 4), fifo.find(entry(4, 0)));
        assertEquals(4, fifo.size());
    }

    @Test
    void newValueOfAKeyChangesItsSegmentOnly() {
        var fifo = new Fifo(2, 3, KEY);
        for (int i = 1; i <= 4; i++) {
            fifo.put(entry(i, i));
        }
        fifo.changed().clear();
        fifo.put(entry(2, 2));
        assertEquals(true, fifo.changed().isEmpty(), "nothing new");
        fifo.put(entry(2, 9));
        assertEquals("{0}", fifo.changed().toString());
        assertEquals(entry(2, 9), fifo.find(entry(2, 0)));
    }

    @Test
    void whatWasLoadedGoesOnLikeWhatStoredIt() {
        for (int round = 0; round < 200; round++) {
            var random = new Random(round);
            int segments = 1 + random.nextInt(5);
            int perSegment = 1 + random.nextInt(8);
            Map<Integer, byte[]> stored = new HashMap<>();
            var fifo = new Fifo(segments, perSegment, KEY);
            // What is in it, told again: groups of entries, the oldest group goes as a whole.
            List<Map<Long, Long>> groups = new ArrayList<>();
            for (int step = 0; step < 300; step++) {
                long entry = entry(1 + random.nextInt(60), random.nextInt(3));
                fifo.put(entry);
                put(groups, segments, perSegment, entry);
                if (random.nextInt(4) == 0) {
                    store(fifo, stored);
                }
                if (random.nextInt(20) == 0) {
                    store(fifo, stored);
                    fifo = new Fifo(segments, perSegment, KEY);
                    fifo.load(stored::get);
                }
                for (long key = 1; key <= 60; key++) {
                    assertEquals(find(groups, entry(key, 0)), fifo.find(entry(key, 0)));
                }
            }
        }
    }

    private static void store(Fifo fifo, Map<Integer, byte[]> stored) {
        fifo.changed().stream().forEach(s -> stored.put(s, fifo.segment(s)));
        fifo.changed().clear();
    }

    private static void put(
            List<Map<Long, Long>> groups, int segments, int perSegment, long entry) {
        for (Map<Long, Long> group : groups) {
            if (group.replace(entry & KEY, entry) != null) {
                return;
            }
        }
        if (groups.isEmpty() || groups.get(groups.size() - 1).size() == perSegment) {
            if (groups.size() == segments) {
                groups.remove(0);
            }
            groups.add(new LinkedHashMap<>());
        }
        groups.get(groups.size() - 1).put(entry & KEY, entry);
    }

    private static long find(List<Map<Long, Long>> groups, long key) {
        return groups.stream()
                .filter(group -> group.containsKey(key))
                .map(group -> group.get(key))
                .findFirst()
                .orElse(0L);
    }

    /** Keys that crowd in few places of the table. */
    private static long entry(long key, long value) {
        return key % 7 << 40 | key << 8 | value;
    }
}
