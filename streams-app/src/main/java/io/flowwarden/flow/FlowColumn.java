package io.flowwarden.flow;

import io.flowwarden.net.Address;

/**
 * Columns of a {@link FlowBatch}. The numeric ones hold a {@code long} a flow; the number of a
 * column is also its bit in the flow's presence mask, so "not exported" and "exported as zero" stay
 * apart. Addresses take two columns, high half first (see {@link Address}).
 */
public final class FlowColumn {
    /** Epoch milliseconds. */
    public static final int START = 0;

    public static final int END = 1;
    public static final int SRC_HI = 2;
    public static final int SRC_LO = 3;
    public static final int DST_HI = 4;
    public static final int DST_LO = 5;
    public static final int SRC_PORT = 6;
    public static final int DST_PORT = 7;

    /** IANA protocol number. */
    public static final int PROTOCOL = 8;

    public static final int ICMP_TYPE = 9;
    public static final int ICMP_CODE = 10;

    /** As exported; {@link #SAMPLING} is not applied to it. */
    public static final int BYTES = 11;

    public static final int PACKETS = 12;
    public static final int REVERSE_BYTES = 13;
    public static final int REVERSE_PACKETS = 14;
    public static final int TCP_FLAGS = 15;

    /**
     * One of n packets was seen: by the record (IE 34, 50, 305, 309), v5's header, or options data
     * for its sampler, interface or domain; once judged, also by the estate's word on the source.
     */
    public static final int SAMPLING = 16;

    /** Ordinal of {@link Outcome}. */
    public static final int OUTCOME = 17;

    public static final int INPUT_IF = 18;
    public static final int OUTPUT_IF = 19;

    /** 0 ingress, 1 egress (IE 61 flowDirection, AWS flow-direction). */
    public static final int DIRECTION = 20;

    public static final int VLAN = 21;

    /** Numeric VRF id; a VRF name is text ({@link #VRF_NAME}). */
    public static final int VRF = 22;

    public static final int NEXT_HOP_HI = 23;
    public static final int NEXT_HOP_LO = 24;

    /** 48 bits. */
    public static final int SRC_MAC = 25;

    public static final int DST_MAC = 26;
    public static final int NAT_SRC_HI = 27;
    public static final int NAT_SRC_LO = 28;
    public static final int NAT_DST_HI = 29;
    public static final int NAT_DST_LO = 30;
    public static final int NAT_SRC_PORT = 31;
    public static final int NAT_DST_PORT = 32;

    /** IE 136 flowEndReason. */
    public static final int END_REASON = 33;

    public static final int PKT_SRC_HI = 34;
    public static final int PKT_SRC_LO = 35;
    public static final int PKT_DST_HI = 36;
    public static final int PKT_DST_LO = 37;

    /**
     * Who the record itself says is the client: {@link #INITIATOR_SRC} or {@link #INITIATOR_DST}.
     */
    public static final int INITIATOR = 38;

    /** Ordinal of {@link TimeFrom}. */
    public static final int TIME_FROM = 39;

    /** 1 where the event time was moved to the receive time. */
    public static final int CLAMPED = 40;

    /** 20 bits, top of the stack (IE 70, RFC 3032). */
    public static final int MPLS_LABEL = 41;

    /** 1 where the counters are multiplied by {@link #SAMPLING} already. */
    public static final int SCALED = 42;

    /**
     * 1 where a firewall says that what it denied began without a SYN: a late packet of a session
     * that it has forgotten.
     */
    public static final int NO_SYN = 43;

    /** How many numeric columns there are; at most 64, one bit each. */
    public static final int COUNT = 44;

    public static final long INITIATOR_SRC = 1;
    public static final long INITIATOR_DST = 2;

    /** Text columns; null where not exported. */
    public static final int VRF_NAME = 0;

    public static final int APP = 1;
    public static final int INTERFACE_ID = 2;
    public static final int ACCOUNT_ID = 3;
    public static final int VPC_ID = 4;
    public static final int TEXT_COUNT = 5;

    private FlowColumn() {}

    /** Presence bit of a numeric column. */
    public static long bit(int column) {
        return 1L << column;
    }
}
