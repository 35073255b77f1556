package io.flowwarden.witness;

import java.util.Arrays;

/**
 * Members of one link as one source sees them: an open-addressing table over rows of eight longs,
 * one cache line each, so that a million of them are found as fast as the memory allows.
 */
final class Members {
    static final int CLIENT = 0;
    static final int SERVER = 2;
    static final int LAST = 4;
    static final int SLOTS = 5;

    /** Bits of {@link #flags}, and above them the eighth in which it was first seen. */
    static final int LOST = 1;

    static final int REVERSED = 2;
    static final int LOW = 4;
    static final int FLAG_BITS = 8;

    private static final int LINKS = 6;
    private static final int FLAGS = 7;
    private static final int WIDTH = 8;
    private static final int NONE = -1;

    private long[] rows = new long[WIDTH * 4];
    private int[] index = new int[8];
    private int used;
    private int free = NONE;
    private int size;

    /** Those that are seen, and those that are lost. */
    final Ages seen = new Ages(this);

    final Ages lost = new Ages(this);

    Members() {
        Arrays.fill(index, NONE);
    }

    int size() {
        return size;
    }

    /** The row of a member, or -1. */
    int find(long clientHi, long clientLo, long serverHi, long serverLo) {
        int mask = index.length - 1;
        int at = hash(clientHi, clientLo, serverHi, serverLo) & mask;
        while (index[at] != NONE) {
            int row = index[at];
            int base = row * WIDTH;
            if (rows[base + 1] == clientLo
                    && rows[base + 3] == serverLo
                    && rows[base] == clientHi
                    && rows[base + 2] == serverHi) {
                return row;
            }
            at = at + 1 & mask;
        }
        return NONE;
    }

    /** Adds a member that is not there yet, in no list. */
    int add(long clientHi, long clientLo, long serverHi, long serverLo) {
        if ((size + 1) * 2 > index.length) {
            grow();
        }
        int row = free;
        if (row == NONE) {
            row = used++;
            if (used * WIDTH > rows.length) {
                rows = Arrays.copyOf(rows, rows.length * 2);
            }
        } else {
            free = next(row);
        }
        int base = row * WIDTH;
        rows[base] = clientHi;
        rows[base + 1] = clientLo;
        rows[base + 2] = serverHi;
        rows[base + 3] = serverLo;
        Arrays.fill(rows, base + LAST, base + WIDTH, 0);
        place(row);
        size++;
        return row;
    }

    /** Removes a row from the table and from its list. */
    void remove(int row) {
        listOf(row).remove(row, get(row, LAST));
        int mask = index.length - 1;
        int at = home(row) & mask;
        while (index[at] != row) {
            at = at + 1 & mask;
        }
        // Moves up what stands behind, so that no search ends early.
        int hole = at;
        for (int next = at + 1 & mask; index[next] != NONE; next = next + 1 & mask) {
            int home = home(index[next]) & mask;
            if ((next - home & mask) >= (next - hole & mask)) {
                index[hole] = index[next];
                hole = next;
            }
        }
        index[hole] = NONE;
        link(row, NONE, free);
        free = row;
        size--;
    }

    Ages listOf(int row) {
        return is(row, LOST) ? lost : seen;
    }

    long get(int row, int column) {
        return rows[row * WIDTH + column];
    }

    void set(int row, int column, long value) {
        rows[row * WIDTH + column] = value;
    }

    boolean is(int row, int flag) {
        return (rows[row * WIDTH + FLAGS] & flag) != 0;
    }

    void mark(int row, int flag, boolean on) {
        int at = row * WIDTH + FLAGS;
        rows[at] = on ? rows[at] | flag : rows[at] & ~(long) flag;
    }

    long flags(int row) {
        return rows[row * WIDTH + FLAGS];
    }

    void flags(int row, long flags) {
        rows[row * WIDTH + FLAGS] = flags;
    }

    /** {client high, low, server high, low}. */
    long[] member(int row) {
        return Arrays.copyOfRange(rows, row * WIDTH, row * WIDTH + 4);
    }

    int next(int row) {
        return (int) rows[row * WIDTH + LINKS];
    }

    int previous(int row) {
        return (int) (rows[row * WIDTH + LINKS] >>> 32);
    }

    void link(int row, int previous, int next) {
        rows[row * WIDTH + LINKS] = (long) previous << 32 | next & 0xffffffffL;
    }

    private void grow() {
        int[] old = index;
        index = new int[old.length * 2];
        Arrays.fill(index, NONE);
        for (int row : old) {
            if (row != NONE) {
                place(row);
            }
        }
    }

    private void place(int row) {
        int mask = index.length - 1;
        int at = home(row) & mask;
        while (index[at] != NONE) {
            at = at + 1 & mask;
        }
        index[at] = row;
    }

    private int home(int row) {
        int base = row * WIDTH;
        return hash(rows[base], rows[base + 1], rows[base + 2], rows[base + 3]);
    }

    private static int hash(long a, long b, long c, long d) {
        long h = (a ^ Long.rotateLeft(c, 32)) * 0x9E3779B97F4A7C15L;
        h = (h ^ b) * 0xBF58476D1CE4E5B9L;
        h = (h ^ h >>> 32 ^ d) * 0x94D049BB133111EBL;
        return (int) (h >>> 32);
    }
}
