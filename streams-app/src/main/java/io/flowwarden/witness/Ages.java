package io.flowwarden.witness;

import java.util.TreeMap;

/**
 * Rows of {@link Members} by their last sighting. Sightings are rounded to eighths of a deadline,
 * so of a million members a handful of lists remain, and the one seen longest ago is at hand
 * without a look at the others.
 */
final class Ages {
    private static final int NONE = -1;

    /** Rows of one age, linked through the table. */
    private static final class Row {
        int head = NONE;
        int size;
    }

    private final Members table;
    private final TreeMap<Long, Row> ages = new TreeMap<>();
    private int size;

    Ages(Members table) {
        this.table = table;
    }

    int size() {
        return size;
    }

    /** Last sighting of those seen longest ago; there must be some. */
    long oldest() {
        return ages.firstKey();
    }

    long newest() {
        return ages.lastKey();
    }

    /** How many were seen longest ago. */
    int oldestSize() {
        return ages.firstEntry().getValue().size;
    }

    /** The rows seen longest ago, up to so many. */
    int[] takeOldest(int most) {
        return take(ages.firstEntry().getValue(), most);
    }

    int[] takeNewest() {
        return take(ages.lastEntry().getValue(), Integer.MAX_VALUE);
    }

    private int[] take(Row of, int most) {
        int[] rows = new int[Math.min(most, of.size)];
        int row = of.head;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row;
            row = table.next(row);
        }
        return rows;
    }

    void add(int row, long age) {
        Row rows = ages.computeIfAbsent(age, none -> new Row());
        table.link(row, NONE, rows.head);
        if (rows.head != NONE) {
            table.link(rows.head, row, table.next(rows.head));
        }
        rows.head = row;
        rows.size++;
        size++;
    }

    void remove(int row, long age) {
        Row rows = ages.get(age);
        int before = table.previous(row);
        int after = table.next(row);
        if (before == NONE) {
            rows.head = after;
        } else {
            table.link(before, table.previous(before), after);
        }
        if (after != NONE) {
            table.link(after, before, table.next(after));
        }
        size--;
        if (--rows.size == 0) {
            ages.remove(age);
        }
    }
}
