package io.flowwarden.decode.cloud;

import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.TimeFrom;
import io.flowwarden.net.Address;

/**
 * One flow tuple, a comma-separated text. Three shapes, told apart by their own content:
 *
 * <pre>
 * NSG v1   seconds,src,dst,src port,dst port,T|U,I|O,A|D
 * NSG v2   ... the same ...,B|C|E,packets out,bytes out,packets back,bytes back
 * VNet     milliseconds,src,dst,src port,dst port,protocol number,I|O,B|C|E|D,encryption,packets out,bytes out,packets back,bytes back
 * </pre>
 *
 * Source: Azure documentation, "Flow logging for network security groups" and "Virtual network flow
 * logs", sections on the log format.
 */
final class AzureTuple {
    private static final int V1_VALUES = 8;
    private static final int VALUES = 13;

    private final int[] from = new int[VALUES];
    private final int[] to = new int[VALUES];
    private String text;
    private int values;

    /** Why the last tuple was no flow. */
    private Reason reason;

    private String fault;
    private long time;

    Reason reason() {
        return reason;
    }

    String fault() {
        return fault;
    }

    /** Epoch ms of the last tuple that was a flow. */
    long time() {
        return time;
    }

    /**
     * Adds a flow.
     *
     * @return its row; -1 where the text is none, see {@link #fault}
     */
    int add(String tuple, FlowBatch batch) {
        split(tuple);
        if (values != V1_VALUES && values != VALUES) {
            return no(
                    values < V1_VALUES ? Reason.TOO_FEW_VALUES : Reason.BAD_COUNT,
                    values + " values, a tuple has " + V1_VALUES + " or " + VALUES);
        }
        boolean letter = is(5, 'T') || is(5, 'U');
        long protocol = letter ? is(5, 'T') ? 6 : 17 : number(5, 255);
        long stamp = number(0, Long.MAX_VALUE / 1000);
        if (stamp < 0 || protocol < 0) {
            return bad(stamp < 0 ? 0 : 5, stamp < 0 ? "time" : "protocol");
        }
        long[] src = address(1);
        long[] dst = address(2);
        if (src == null || dst == null) {
            return bad(src == null ? 1 : 2, "address");
        }
        boolean ports = protocol != 1 && protocol != 58;
        long srcPort = ports ? number(3, 65_535) : 0;
        long dstPort = ports ? number(4, 65_535) : 0;
        if (srcPort < 0 || dstPort < 0) {
            return bad(srcPort < 0 ? 3 : 4, "port");
        }
        int decision = letter ? 7 : -1;
        int state = letter ? 8 : 7;
        boolean denied = decision > 0 ? is(decision, 'D') : is(state, 'D');
        if (decision > 0 && !denied && !is(decision, 'A')) {
            return bad(decision, "decision");
        }
        if (values == VALUES && "BCED".indexOf(letterAt(state)) < 0) {
            return bad(state, "state");
        }
        long seconds = stamp < 100_000_000_000L ? 1000 : 1;
        time = stamp * seconds;
        int r = batch.add(0);
        batch.setAddress(r, FlowColumn.SRC_HI, src[0], src[1]);
        batch.setAddress(r, FlowColumn.DST_HI, dst[0], dst[1]);
        batch.set(r, FlowColumn.PROTOCOL, protocol);
        if (ports) {
            batch.set(r, FlowColumn.SRC_PORT, srcPort);
            batch.set(r, FlowColumn.DST_PORT, dstPort);
        }
        batch.set(r, FlowColumn.START, time);
        batch.set(r, FlowColumn.END, time);
        batch.set(
                r,
                FlowColumn.TIME_FROM,
                (seconds == 1000 ? TimeFrom.SECONDS : TimeFrom.MILLISECONDS).ordinal());
        batch.set(r, FlowColumn.OUTCOME, (denied ? Outcome.REJECTED : Outcome.ACCEPTED).ordinal());
        // The source of a tuple is who opened the conversation, whatever the interface's side.
        batch.set(r, FlowColumn.INITIATOR, FlowColumn.INITIATOR_SRC);
        if (is(6, 'I') || is(6, 'O')) {
            batch.set(r, FlowColumn.DIRECTION, is(6, 'I') ? 0 : 1);
        }
        if (values == VALUES && !counters(batch, r)) {
            batch.removeLast();
            return -1;
        }
        return r;
    }

    /** An empty counter is one that was not exported: those of the beginning of a flow. */
    private boolean counters(FlowBatch batch, int r) {
        int[] columns = {
            FlowColumn.PACKETS,
            FlowColumn.BYTES,
            FlowColumn.REVERSE_PACKETS,
            FlowColumn.REVERSE_BYTES
        };
        for (int i = 0; i < columns.length; i++) {
            int value = VALUES - columns.length + i;
            if (from[value] == to[value]) {
                continue;
            }
            long number = number(value, Long.MAX_VALUE);
            if (number < 0) {
                bad(value, "counter");
                return false;
            }
            batch.set(r, columns[i], number);
        }
        return true;
    }

    private void split(String tuple) {
        text = tuple;
        values = 0;
        int start = 0;
        for (int i = 0; i <= tuple.length(); i++) {
            if (i == tuple.length() || tuple.charAt(i) == ',') {
                if (values < VALUES) {
                    from[values] = start;
                    to[values] = i;
                }
                values++;
                start = i + 1;
            }
        }
    }

    private boolean is(int value, char letter) {
        return letterAt(value) == letter;
    }

    /** The single letter that a value is, else a blank. */
    private char letterAt(int value) {
        return to[value] - from[value] == 1 ? text.charAt(from[value]) : ' ';
    }

    private long[] address(int value) {
        return to[value] - from[value] > 45
                ? null
                : Address.parse(text.substring(from[value], to[value]));
    }

    /** A number from 0 to this; -1 where it is none. */
    private long number(int value, long most) {
        if (from[value] == to[value] || to[value] - from[value] > 18) {
            return -1;
        }
        long number = 0;
        for (int i = from[value]; i < to[value]; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number <= most ? number : -1;
    }

    private int bad(int value, String what) {
        boolean absent = from[value] == to[value];
        return no(
                absent ? Reason.MISSING_VALUE : Reason.BAD_VALUE,
                "value "
                        + (value + 1)
                        + ", the "
                        + what
                        + ", is '"
                        + JsonChunk.cut(text.substring(from[value], to[value]))
                        + "'");
    }

    private int no(Reason why, String what) {
        reason = why;
        fault = what;
        return -1;
    }
}
