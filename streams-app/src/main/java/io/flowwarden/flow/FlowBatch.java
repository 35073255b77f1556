package io.flowwarden.flow;

import java.util.Arrays;

/**
 * All flows of one raw record, column by column: what the judge's processors hand on. One instance
 * is reused from record to record; nobody keeps a reference to it past the call that received it.
 *
 * <p>A column that no template of this source has ever named costs nothing: it is allocated on
 * first use. The value at a row whose presence bit is not set is left over from earlier and means
 * nothing.
 */
public final class FlowBatch {
    private static final int FIRST_CAPACITY = 64;

    private final long[][] numbers = new long[FlowColumn.COUNT][];
    private final String[][] texts = new String[FlowColumn.TEXT_COUNT][];
    private long[] present = new long[FIRST_CAPACITY];
    private int size;
    private Origin origin = Origin.NONE;
    private Labels labels = Labels.NONE;

    public int size() {
        return size;
    }

    /** Where these flows come from. */
    public Origin origin() {
        return origin;
    }

    /** Empties the batch for the next raw record. */
    public void begin(Origin of) {
        clearTexts();
        size = 0;
        origin = of;
        labels = Labels.NONE;
    }

    /** Names of what the flows have numbers for. */
    public Labels labels() {
        return labels;
    }

    public void labels(Labels names) {
        labels = names;
    }

    /**
     * Adds a row.
     *
     * @param mask presence bits of the columns that the caller is going to fill
     * @return the row number
     */
    public int add(long mask) {
        if (size == present.length) {
            grow(size + 1);
        }
        present[size] = mask;
        return size++;
    }

    /**
     * Adds rows that share one presence mask, e.g. all records of one data set.
     *
     * @return number of the first
     */
    public int addAll(int rows, long mask) {
        int first = size;
        if (size + rows > present.length) {
            grow(size + rows);
        }
        Arrays.fill(present, first, first + rows, mask);
        size += rows;
        return first;
    }

    /** Drops the last row, for a decoder that finds its record malformed half-way. */
    public void removeLast() {
        size--;
        for (String[] column : texts) {
            if (column != null) {
                column[size] = null;
            }
        }
    }

    /** Values of a numeric column, allocated if need be; valid until the next {@link #add}. */
    public long[] column(int column) {
        long[] values = numbers[column];
        if (values == null) {
            values = new long[present.length];
            numbers[column] = values;
        }
        return values;
    }

    /** False where no row of this batch, nor of one before, has had the column. */
    public boolean mayHave(int column) {
        return numbers[column] != null;
    }

    public boolean has(int row, int column) {
        return (present[row] & FlowColumn.bit(column)) != 0;
    }

    public long present(int row) {
        return present[row];
    }

    public void present(int row, long mask) {
        present[row] = mask;
    }

    /** The value; only meaningful where {@link #has}. */
    public long get(int row, int column) {
        return numbers[column][row];
    }

    /** The value, or {@code otherwise} where it was not exported. */
    public long get(int row, int column, long otherwise) {
        return has(row, column) ? numbers[column][row] : otherwise;
    }

    /** Sets the value and its presence bit. */
    public void set(int row, int column, long value) {
        column(column)[row] = value;
        present[row] |= FlowColumn.bit(column);
    }

    /** Sets an address and both its presence bits; {@code column} is the high half's. */
    public void setAddress(int row, int column, long hi, long lo) {
        set(row, column, hi);
        set(row, column + 1, lo);
    }

    public String text(int row, int column) {
        return texts[column] == null ? null : texts[column][row];
    }

    public void text(int row, int column, String value) {
        if (texts[column] == null) {
            texts[column] = new String[present.length];
        }
        texts[column][row] = value;
    }

    private void grow(int atLeast) {
        int capacity = Math.max(atLeast, present.length * 2);
        present = Arrays.copyOf(present, capacity);
        for (int c = 0; c < numbers.length; c++) {
            if (numbers[c] != null) {
                numbers[c] = Arrays.copyOf(numbers[c], capacity);
            }
        }
        for (int c = 0; c < texts.length; c++) {
            if (texts[c] != null) {
                texts[c] = Arrays.copyOf(texts[c], capacity);
            }
        }
    }

    private void clearTexts() {
        for (String[] column : texts) {
            if (column != null) {
                Arrays.fill(column, 0, size, null);
            }
        }
    }
}
