package io.flowwarden.flow;

import io.flowwarden.net.Address;

/**
 * Whether a flow carried anything: for TCP more than headers, since a denied, an empty or a refused
 * attempt has headers too.
 */
public final class Payload {
    /** IP and TCP header with all options that usual stacks send. */
    private static final int HEADERS = 60;

    /** What an IPv6 header is longer than one of IPv4 (RFC 8200 section 3). */
    private static final int LONGER = 20;

    private Payload() {}

    /** From the source to the destination of the record. */
    public static boolean forward(FlowBatch batch, int row) {
        if (!isTcp(batch, row)) {
            return batch.get(row, FlowColumn.BYTES, 1) > 0;
        }
        return (batch.get(row, FlowColumn.TCP_FLAGS, 0) & TcpFlags.PSH) != 0
                || beyondHeaders(batch, row, FlowColumn.BYTES, FlowColumn.PACKETS);
    }

    /** The other way, in a record that counts both. */
    public static boolean reverse(FlowBatch batch, int row) {
        return isTcp(batch, row)
                ? beyondHeaders(batch, row, FlowColumn.REVERSE_BYTES, FlowColumn.REVERSE_PACKETS)
                : batch.get(row, FlowColumn.REVERSE_BYTES, 0) > 0;
    }

    private static boolean beyondHeaders(FlowBatch batch, int row, int bytes, int packets) {
        boolean v4 =
                Address.isV4(
                        batch.get(row, FlowColumn.SRC_HI, 0), batch.get(row, FlowColumn.SRC_LO, 0));
        int headers = v4 ? HEADERS : HEADERS + LONGER;
        return batch.get(row, bytes, 0) > headers * Math.max(1, batch.get(row, packets, 1));
    }

    private static boolean isTcp(FlowBatch batch, int row) {
        return batch.get(row, FlowColumn.PROTOCOL, -1) == Transport.TCP;
    }
}
