package io.flowwarden.blockage;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Flows;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.TcpFlags;
import io.flowwarden.flow.Transport;

/** What a record shows of an attempt that came to nothing. */
enum Evidence {
    /** The network says that it dropped the request. */
    DENIED,
    /** The network says that it dropped the answer. */
    REPLY_DENIED,
    /** A SYN that no handshake followed. */
    UNANSWERED,
    /** A RST in answer to a SYN. */
    REFUSED,
    /** An ICMP error speaks of it. */
    UNREACHABLE;

    private static final int MOST_BYTES_OF_A_SYN = 80;

    /**
     * A RST answers without options: 40 bytes, 60 with IPv6. That of an aborted session has more.
     */
    private static final int MOST_BYTES_OF_A_RST = 60;

    private static final int MOST_PACKETS_OF_A_REFUSAL = 2;

    boolean denied() {
        return this == DENIED || this == REPLY_DENIED;
    }

    /** Whether it says more than this about the same attempt. */
    boolean explains(Evidence other) {
        return other == UNANSWERED && (this == REFUSED || this == UNREACHABLE);
    }

    /**
     * What a row shows, or null. Flags are OR-ed over the record, so a SYN alone is no beginning of
     * a session that went on: its ACK would be in the same record. Late packets of a session that a
     * firewall has forgotten have no SYN, and a RST that ends a session answers no SYN: it has
     * options, or no ACK (RFC 9293 section 3.10.7.1).
     *
     * @param fromClient whether the source is the client
     * @param aws flags as AWS writes them: ACK only beside SYN
     */
    static Evidence of(FlowBatch flows, int row, boolean fromClient, boolean aws) {
        boolean tcp = flows.get(row, FlowColumn.PROTOCOL, -1) == Transport.TCP;
        boolean flagged = tcp && flows.has(row, FlowColumn.TCP_FLAGS);
        int flags = flagged ? (int) flows.get(row, FlowColumn.TCP_FLAGS) : 0;
        if (flows.mayHave(FlowColumn.OUTCOME) && Flows.outcome(flows, row) == Outcome.REJECTED) {
            boolean late =
                    flagged && (flags & TcpFlags.SYN) == 0
                            || flows.mayHave(FlowColumn.NO_SYN)
                                    && flows.get(row, FlowColumn.NO_SYN, 0) != 0;
            if (late) {
                return null;
            }
            return fromClient ? DENIED : REPLY_DENIED;
        }
        if (!flagged) {
            return null;
        }
        if (fromClient) {
            return unanswered(flows, row, flags, aws) ? UNANSWERED : null;
        }
        return refused(flows, row, flags, aws) ? REFUSED : null;
    }

    private static boolean unanswered(FlowBatch flows, int row, int flags, boolean aws) {
        boolean alone =
                aws
                        ? flags == TcpFlags.SYN
                        : (flags & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST)) == TcpFlags.SYN;
        return alone
                && flows.get(row, FlowColumn.REVERSE_PACKETS, 0) == 0
                && flows.get(row, FlowColumn.REVERSE_BYTES, 0) == 0
                && small(flows, row, MOST_BYTES_OF_A_SYN);
    }

    private static boolean refused(FlowBatch flows, int row, int flags, boolean aws) {
        int shown = flags & (TcpFlags.FIN | TcpFlags.SYN | TcpFlags.RST | TcpFlags.PSH);
        return shown == TcpFlags.RST
                && (aws || (flags & TcpFlags.ACK) != 0)
                && flows.get(row, FlowColumn.PACKETS, 1) <= MOST_PACKETS_OF_A_REFUSAL
                && small(flows, row, MOST_BYTES_OF_A_RST);
    }

    private static boolean small(FlowBatch flows, int row, int perPacket) {
        return flows.get(row, FlowColumn.BYTES, 0)
                <= perPacket * Math.max(1, flows.get(row, FlowColumn.PACKETS, 1));
    }
}
