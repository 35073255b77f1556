package io.flowwarden.connect.objects;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The objects of one bucket that were read, or read in part, within the look-back window.
 *
 * <p>Objects are read in the order of (modified, hash of the key). What is not in the set is new if
 * it lies above the floor and over if it lies below; so a key that sorts before others but appears
 * after them is found, and the set may forget its oldest marks by raising the floor over them. Set
 * and floor are one value, the offset of the bucket, so a restart sees both or neither.
 */
final class DoneSet {
    /** What {@link #from} answers for an object that was read as far as it goes. */
    static final long DONE = -1;

    /** What {@link #from} answers for an object that is older than the window. */
    static final long TOO_OLD = -2;

    private static final String FLOOR = "floor";
    private static final String FLOOR_KEY = "floor.key";
    private static final String MARKS = "marks";
    private static final String CURRENT = "current";

    private final int most;
    private final Map<Long, Mark> marks = new HashMap<>();
    private final TreeSet<Mark> oldest = new TreeSet<>();
    private long floor;
    private long floorKey = Long.MAX_VALUE;
    private Mark current;
    private String text;

    /**
     * @param floor objects last modified then or before are over, epoch ms
     * @param most how many marks are kept
     */
    DoneSet(long floor, int most) {
        this.floor = floor;
        this.most = most;
    }

    /**
     * @param offset of {@link #offset}, as it comes back from Connect
     * @throws IllegalArgumentException if it is none
     */
    static DoneSet of(Map<String, ?> offset, int most) {
        var set = new DoneSet(number(offset, FLOOR), most);
        set.floorKey = number(offset, FLOOR_KEY);
        for (String part : new String[] {MARKS, CURRENT}) {
            if (!(offset.get(part) instanceof String texts)) {
                throw new IllegalArgumentException(part + " is missing");
            }
            for (String text : texts.split(";")) {
                if (!text.isEmpty()) {
                    set.put(Mark.parse(text));
                }
            }
        }
        return set;
    }

    private static long number(Map<String, ?> offset, String key) {
        if (offset.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(key + " is no number: " + offset.get(key));
    }

    /** Objects last modified before were all read, or will not be; epoch ms. */
    long floor() {
        return floor;
    }

    int size() {
        return marks.size();
    }

    /**
     * Where to go on reading an object.
     *
     * @param grows whether another etag may mean more of the same
     * @return a position, {@link #DONE} or {@link #TOO_OLD}
     */
    long from(StoredObject object, boolean grows) {
        long key = KeyHash.of(object.key());
        Mark mark = marks.get(key);
        if (mark == null) {
            boolean over = Mark.compare(object.modified(), key, floor, floorKey) <= 0;
            return over ? TOO_OLD : 0;
        }
        if (mark.etag() == Mark.etag(object)) {
            return mark.done() ? DONE : mark.position();
        }
        // Shorter than it was: another content under the same name.
        return grows && object.size() >= mark.size() ? mark.position() : 0;
    }

    /**
     * Notes how far an object was read.
     *
     * @return how many marks of unfinished objects had to go for it
     */
    int read(StoredObject object, long position, boolean done) {
        if (current != null && current.key() != KeyHash.of(object.key())) {
            current = null;
            text = null;
        }
        Mark mark = Mark.of(object, position, done);
        put(mark);
        current = mark;
        return shrink();
    }

    /** Drops what is known of an object that is there no more. */
    void forget(StoredObject object) {
        Mark mark = marks.remove(KeyHash.of(object.key()));
        if (mark != null) {
            oldest.remove(mark);
            text = null;
            current = mark.equals(current) ? null : current;
        }
    }

    /**
     * Forgets finished objects of long ago; whoever calls it has read all that lies below.
     *
     * @param modified the new floor, epoch ms
     */
    void raise(long modified) {
        if (modified <= floor) {
            return;
        }
        floor = modified;
        floorKey = Long.MAX_VALUE;
        for (Mark mark :
                oldest.headSet(new Mark(floorKey, floor, 0, 0, 0, true), true)
                        .toArray(Mark[]::new)) {
            if (mark.done()) {
                drop(mark);
            }
        }
    }

    /** What Connect keeps; a new map, never changed afterwards. */
    Map<String, Object> offset() {
        if (text == null) {
            text =
                    oldest.stream()
                            .filter(mark -> !mark.equals(current))
                            .map(Mark::text)
                            .collect(Collectors.joining(";"));
        }
        return Map.of(
                FLOOR,
                floor,
                FLOOR_KEY,
                floorKey,
                MARKS,
                text,
                CURRENT,
                current == null ? "" : current.text());
    }

    private void put(Mark mark) {
        Mark before = marks.put(mark.key(), mark);
        if (before != null) {
            oldest.remove(before);
        }
        if (before == null || !before.equals(current)) {
            text = null;
        }
        oldest.add(mark);
    }

    private int shrink() {
        int unfinished = 0;
        while (marks.size() > most) {
            Mark first = oldest.first();
            if (Mark.compare(first.modified(), first.key(), floor, floorKey) > 0) {
                floor = first.modified();
                floorKey = first.key();
            }
            unfinished += first.done() ? 0 : 1;
            drop(first);
        }
        return unfinished;
    }

    private void drop(Mark mark) {
        marks.remove(mark.key());
        oldest.remove(mark);
        text = null;
        current = mark.equals(current) ? null : current;
    }
}
