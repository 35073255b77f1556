package io.flowwarden.classify;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import java.util.Arrays;

/**
 * Both halves of a conversation within one batch: the one that started earlier is the client's. The
 * index over the batch is built when a flow first asks for it.
 */
final class Halves {
    private final Tuple tuple = new Tuple();
    private int[] heads = new int[0];
    private int[] next = new int[0];
    private FlowBatch batch;
    private boolean indexed;

    void begin(FlowBatch of) {
        batch = of;
        indexed = false;
    }

    /**
     * @return 1 if the row's source started first, -1 if its destination did, 0 if nobody can tell
     */
    int client(int row) {
        if (!indexed) {
            index();
        }
        long own = Long.MAX_VALUE;
        long other = Long.MAX_VALUE;
        for (int at = heads[bucket(row)]; at >= 0; at = next[at]) {
            if (!batch.has(at, FlowColumn.START) || !ends(row, at, false) && !ends(row, at, true)) {
                continue;
            }
            long start = batch.get(at, FlowColumn.START);
            if (ends(row, at, false)) {
                own = Math.min(own, start);
            } else {
                other = Math.min(other, start);
            }
        }
        if (own == Long.MAX_VALUE || other == Long.MAX_VALUE) {
            return 0;
        }
        return Long.compare(other, own);
    }

    private void index() {
        int rows = batch.size();
        int capacity = Integer.highestOneBit(Math.max(2, rows) * 2 - 1);
        if (heads.length < capacity) {
            heads = new int[capacity];
        }
        if (next.length < rows) {
            next = new int[capacity];
        }
        Arrays.fill(heads, -1);
        for (int row = 0; row < rows; row++) {
            int bucket = bucket(row);
            next[row] = heads[bucket];
            heads[bucket] = row;
        }
        indexed = true;
    }

    private int bucket(int row) {
        tuple.set(
                batch.get(row, FlowColumn.SRC_HI, 0),
                batch.get(row, FlowColumn.SRC_LO, 0),
                (int) batch.get(row, FlowColumn.SRC_PORT, 0),
                batch.get(row, FlowColumn.DST_HI, 0),
                batch.get(row, FlowColumn.DST_LO, 0),
                (int) batch.get(row, FlowColumn.DST_PORT, 0),
                (int) batch.get(row, FlowColumn.PROTOCOL, 0));
        return (int) (tuple.conversation() >>> 8) & heads.length - 1;
    }

    /** Whether two rows have the same ends, or the same the other way round. */
    private boolean ends(int row, int at, boolean mirrored) {
        int[] order = mirrored ? MIRRORED : SAME;
        for (int i = 0; i < SAME.length; i++) {
            if (batch.get(row, SAME[i], -1) != batch.get(at, order[i], -1)) {
                return false;
            }
        }
        return batch.get(row, FlowColumn.PROTOCOL, -1) == batch.get(at, FlowColumn.PROTOCOL, -1);
    }

    private static final int[] SAME = {
        FlowColumn.SRC_HI, FlowColumn.SRC_LO, FlowColumn.SRC_PORT,
        FlowColumn.DST_HI, FlowColumn.DST_LO, FlowColumn.DST_PORT
    };
    private static final int[] MIRRORED = {
        FlowColumn.DST_HI, FlowColumn.DST_LO, FlowColumn.DST_PORT,
        FlowColumn.SRC_HI, FlowColumn.SRC_LO, FlowColumn.SRC_PORT
    };
}
