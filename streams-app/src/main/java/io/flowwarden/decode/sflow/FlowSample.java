package io.flowwarden.decode.sflow;

import io.flowwarden.decode.Frame;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.TimeFrom;
import io.flowwarden.net.Address;
import io.flowwarden.raw.Bytes;

/**
 * One flow sample: a packet that an interface saw, as far as its header was taken. Bytes are those
 * of the frame (layer 2), times the sampling rate. A record of a sample that is cut or unknown
 * tells nothing; the others do.
 */
final class FlowSample {
    /** Records of a sample, enterprise 0 (sFlow v5 section 5, "opaque = flow_data"). */
    private static final int RAW_HEADER = 1;

    private static final int ETHERNET = 2;
    private static final int IPV4 = 3;
    private static final int IPV6 = 4;
    private static final int SWITCH = 1001;
    private static final int ROUTER = 1002;

    /** Of a raw header: what its bytes begin with. */
    private static final int PROTOCOL_ETHERNET = 1;

    private static final int PROTOCOL_IPV4 = 11;
    private static final int PROTOCOL_IPV6 = 12;

    /** Forms of an interface: an ifIndex, a reason for a discard, or a number of interfaces. */
    private static final int IF_INDEX = 0;

    private static final int IF_DISCARDED = 1;

    /** Type of a data source that is an interface; the only one that has a direction. */
    private static final int SOURCE_IF_INDEX = 0;

    private static final int COMPACT_UNKNOWN = 0x3fffffff;

    private static final int COMPACT_HEADER = 32;
    private static final int EXPANDED_HEADER = 44;
    private static final int DISCARDED_HEADER = 32;

    private FlowBatch batch;
    private int row;
    private long vlan;
    private boolean many;

    /** Whether the row is one; false where the sample ends within its header. */
    boolean compact(byte[] b, int at, int end, long time, FlowBatch into) {
        if (end - at < COMPACT_HEADER) {
            return false;
        }
        begin(into, time, Bytes.u32(b, at + 8));
        int input = Bytes.i32(b, at + 20);
        int output = Bytes.i32(b, at + 24);
        interfaces(input >>> 30, input & COMPACT_UNKNOWN, output >>> 30, output & COMPACT_UNKNOWN);
        direction(Bytes.u8(b, at + 4), Bytes.u32(b, at + 4) & 0xffffff);
        records(b, at + COMPACT_HEADER, end, Bytes.u32(b, at + 28));
        return true;
    }

    boolean expanded(byte[] b, int at, int end, long time, FlowBatch into) {
        if (end - at < EXPANDED_HEADER) {
            return false;
        }
        begin(into, time, Bytes.u32(b, at + 12));
        interfaces(
                Bytes.i32(b, at + 24),
                Bytes.u32(b, at + 28),
                Bytes.i32(b, at + 32),
                Bytes.u32(b, at + 36));
        direction(Bytes.i32(b, at + 4), Bytes.u32(b, at + 8));
        records(b, at + EXPANDED_HEADER, end, Bytes.u32(b, at + 40));
        return true;
    }

    /**
     * A packet that was dropped and told for that: not one of many, but this one. Without its
     * addresses it is no flow.
     */
    boolean discarded(byte[] b, int at, int end, long time, FlowBatch into) {
        if (end - at < DISCARDED_HEADER) {
            return false;
        }
        begin(into, time, 0);
        interfaces(IF_INDEX, Bytes.u32(b, at + 16), IF_INDEX, Bytes.u32(b, at + 20));
        batch.set(row, FlowColumn.OUTCOME, Outcome.REJECTED.ordinal());
        records(b, at + DISCARDED_HEADER, end, Bytes.u32(b, at + 28));
        if (!batch.has(row, FlowColumn.SRC_HI)) {
            batch.removeLast();
        }
        return true;
    }

    private void begin(FlowBatch into, long time, long rate) {
        batch = into;
        row = into.add(0);
        vlan = 0;
        many = false;
        batch.set(row, FlowColumn.START, time);
        batch.set(row, FlowColumn.END, time);
        batch.set(row, FlowColumn.TIME_FROM, TimeFrom.RECEIVED.ordinal());
        batch.set(row, FlowColumn.PACKETS, 1);
        if (rate > 0) {
            batch.set(row, FlowColumn.SAMPLING, rate);
        }
    }

    /** Unknown ones, and the device itself, are 0 as in SNMP. */
    private void interfaces(int inputForm, long input, int outputForm, long output) {
        if (inputForm == IF_INDEX) {
            batch.set(row, FlowColumn.INPUT_IF, known(input));
        }
        if (outputForm == IF_INDEX) {
            batch.set(row, FlowColumn.OUTPUT_IF, known(output));
        } else if (outputForm == IF_DISCARDED) {
            batch.set(row, FlowColumn.OUTCOME, Outcome.REJECTED.ordinal());
        } else {
            // Several interfaces: no single one.
            many = true;
            batch.set(row, FlowColumn.OUTPUT_IF, 0);
        }
    }

    /** The interface that sampled was the one the packet came in by, or the one it left by. */
    private void direction(int sourceType, long source) {
        if (sourceType != SOURCE_IF_INDEX || source == 0) {
            return;
        }
        if (source == batch.get(row, FlowColumn.INPUT_IF, -1)) {
            batch.set(row, FlowColumn.DIRECTION, 0);
        } else if (many || source == batch.get(row, FlowColumn.OUTPUT_IF, -1)) {
            batch.set(row, FlowColumn.DIRECTION, 1);
        }
    }

    private static long known(long ifIndex) {
        return ifIndex == COMPACT_UNKNOWN || ifIndex == 0xffffffffL ? 0 : ifIndex;
    }

    private void records(byte[] b, int from, int end, long count) {
        int at = from;
        for (long i = 0; i < count && end - at >= 8; i++) {
            int type = Bytes.i32(b, at);
            int body = at + 8;
            int length = (int) Math.min(Bytes.u32(b, at + 4), end - body);
            record(type, b, body, length);
            at = body + length;
        }
        if (vlan != 0 && !batch.has(row, FlowColumn.VLAN)) {
            // The frame has lost its tag, or was not sent.
            batch.set(row, FlowColumn.VLAN, vlan);
        }
    }

    private void record(int type, byte[] b, int at, int length) {
        switch (type) {
            case RAW_HEADER -> header(b, at, length);
            case ETHERNET -> ethernet(b, at, length);
            case IPV4 -> packet(b, at, length, 4);
            case IPV6 -> packet(b, at, length, 16);
            case SWITCH -> vlan = length >= 4 ? Bytes.u32(b, at) & 0xfff : 0;
            case ROUTER -> nextHop(b, at, length);
            default -> {
                // Gateways, users, tunnels: no column of a flow.
            }
        }
    }

    private void header(byte[] b, int at, int length) {
        if (length < 16) {
            return;
        }
        int taken = (int) Math.min(Bytes.u32(b, at + 12), length - 16);
        put(FlowColumn.BYTES, Bytes.u32(b, at + 4));
        switch (Bytes.i32(b, at)) {
            case PROTOCOL_ETHERNET -> Frame.read(b, at + 16, taken, batch, row);
            case PROTOCOL_IPV4, PROTOCOL_IPV6 -> Frame.packet(b, at + 16, taken, batch, row);
            default -> {
                // A link whose frames carry nothing that is judged here.
            }
        }
    }

    /** Length, both MACs (each padded to 8 bytes), type. */
    private void ethernet(byte[] b, int at, int length) {
        if (length >= 20) {
            put(FlowColumn.BYTES, Bytes.u32(b, at));
            put(FlowColumn.SRC_MAC, Bytes.uint(b, at + 4, 6));
            put(FlowColumn.DST_MAC, Bytes.uint(b, at + 12, 6));
        }
    }

    /** Length, protocol, both addresses, both ports, TCP flags. */
    private void packet(byte[] b, int at, int length, int address) {
        int ports = at + 8 + 2 * address;
        if (length < 20 + 2 * address || batch.has(row, FlowColumn.SRC_HI)) {
            return;
        }
        put(FlowColumn.BYTES, Bytes.u32(b, at));
        int protocol = (int) Bytes.u32(b, at + 4) & 255;
        batch.set(row, FlowColumn.PROTOCOL, protocol);
        address(FlowColumn.SRC_HI, b, at + 8, address);
        address(FlowColumn.DST_HI, b, at + 8 + address, address);
        if (protocol == 1 || protocol == 58) {
            batch.set(row, FlowColumn.ICMP_TYPE, Bytes.u32(b, ports) & 255);
            batch.set(row, FlowColumn.ICMP_CODE, Bytes.u32(b, ports + 4) & 255);
            return;
        }
        batch.set(row, FlowColumn.SRC_PORT, Bytes.u32(b, ports) & 0xffff);
        batch.set(row, FlowColumn.DST_PORT, Bytes.u32(b, ports + 4) & 0xffff);
        if (protocol == 6) {
            batch.set(row, FlowColumn.TCP_FLAGS, Bytes.u32(b, ports + 8) & 255);
        }
    }

    private void nextHop(byte[] b, int at, int length) {
        int type = length < 8 ? 0 : Bytes.i32(b, at);
        if (type == 1) {
            address(FlowColumn.NEXT_HOP_HI, b, at + 4, 4);
        } else if (type == 2 && length >= 20) {
            address(FlowColumn.NEXT_HOP_HI, b, at + 4, 16);
        }
    }

    private void address(int column, byte[] b, int at, int length) {
        if (length == 4) {
            batch.setAddress(row, column, 0, Address.v4(Bytes.i32(b, at)));
        } else {
            batch.setAddress(row, column, Bytes.i64(b, at), Bytes.i64(b, at + 8));
        }
    }

    private void put(int column, long value) {
        if (!batch.has(row, column)) {
            batch.set(row, column, value);
        }
    }
}
