package io.flowwarden.classify;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import java.util.Arrays;

/**
 * Both halves of a conversation within one batch: the one that started earlier is the client's. The
 * index over the batch is made when a flow first asks for it, in one pass, so that a datagram full
 * of one and the same flow costs no more than any other.
 */
final class Halves {
    private static final long NEVER = Long.MAX_VALUE;

    private final Tuple tuple = new Tuple();

    /** Open addressing by conversation, at most half full; 0 is free. */
    private long[] conversations = new long[0];

    /** Earliest start of a flow whose source is the lower end, or the other one. */
    private long[] lower = new long[0];

    private long[] upper = new long[0];
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
        int at = at(row);
        if (lower[at] == NEVER || upper[at] == NEVER) {
            return 0;
        }
        int lowerFirst = Long.compare(upper[at], lower[at]);
        return tuple.firstIsLower() ? lowerFirst : -lowerFirst;
    }

    private void index() {
        int rows = batch.size();
        if (conversations.length < rows * 2) {
            conversations = new long[Integer.highestOneBit(rows * 2 - 1) * 2];
            lower = new long[conversations.length];
            upper = new long[conversations.length];
        }
        Arrays.fill(conversations, 0);
        Arrays.fill(lower, NEVER);
        Arrays.fill(upper, NEVER);
        for (int row = 0; row < rows; row++) {
            int at = at(row);
            conversations[at] = tuple.conversation();
            long[] starts = tuple.firstIsLower() ? lower : upper;
            starts[at] = Math.min(starts[at], batch.get(row, FlowColumn.START, NEVER));
        }
        indexed = true;
    }

    /** Where the row's conversation is, or would go; leaves its ends in {@link #tuple}. */
    private int at(int row) {
        tuple.set(
                batch.get(row, FlowColumn.SRC_HI, 0),
                batch.get(row, FlowColumn.SRC_LO, 0),
                (int) batch.get(row, FlowColumn.SRC_PORT, -1),
                batch.get(row, FlowColumn.DST_HI, 0),
                batch.get(row, FlowColumn.DST_LO, 0),
                (int) batch.get(row, FlowColumn.DST_PORT, -1),
                (int) batch.get(row, FlowColumn.PROTOCOL, -1));
        long conversation = tuple.conversation();
        int wrap = conversations.length - 1;
        int at = (int) (conversation >>> 32) & wrap;
        while (conversations[at] != 0 && conversations[at] != conversation) {
            at = at + 1 & wrap;
        }
        return at;
    }
}
