package io.flowwarden.decode;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.net.Address;
import io.flowwarden.raw.Bytes;

/**
 * The start of a captured Ethernet frame, as a flow of one packet. Reads through VLAN tags, MPLS
 * labels and an MPLS pseudowire (RFC 4448); stops where the section is cut off and keeps what it
 * has.
 */
public final class Frame {
    private Frame() {}

    /**
     * Fills what the frame says into a row, except columns that the row has already.
     *
     * @param bytes holds the frame
     * @param at where its destination MAC begins
     * @param length bytes of it that were captured
     */
    public static void read(byte[] bytes, int at, int length, FlowBatch batch, int row) {
        int end = at + length;
        int p = at;
        while (end - p >= 14) {
            // Of a pseudowire the outer ones are there by now: those that this device exchanged.
            put(batch, row, FlowColumn.DST_MAC, Bytes.uint(bytes, p, 6));
            put(batch, row, FlowColumn.SRC_MAC, Bytes.uint(bytes, p + 6, 6));
            int type = Bytes.u16(bytes, p + 12);
            p += 14;
            int vlan = -1;
            while ((type == 0x8100 || type == 0x88a8 || type == 0x9100) && end - p >= 4) {
                vlan = Bytes.u16(bytes, p) & 0xfff;
                type = Bytes.u16(bytes, p + 2);
                p += 4;
            }
            if (vlan >= 0) {
                // Of two tags the inner one: that of the hosts, not of a provider between them.
                put(batch, row, FlowColumn.VLAN, vlan);
            }
            if (type == 0x8847 || type == 0x8848) {
                p = afterLabels(bytes, p, end);
                if (p >= end) {
                    return;
                }
                switch (Bytes.u8(bytes, p) >>> 4) {
                    case 4 -> type = 0x0800;
                    case 6 -> type = 0x86dd;
                    case 0 -> {
                        // Control word of a pseudowire: an Ethernet frame follows.
                        p += 4;
                        continue;
                    }
                    default -> {
                        return;
                    }
                }
            }
            if (type == 0x0800) {
                v4(bytes, p, end, batch, row);
            } else if (type == 0x86dd) {
                v6(bytes, p, end, batch, row);
            }
            return;
        }
    }

    /**
     * The same for a section that begins with the IP header.
     *
     * @param at where the IP header begins
     */
    public static void packet(byte[] bytes, int at, int length, FlowBatch batch, int row) {
        if (length < 1) {
            return;
        }
        switch (Bytes.u8(bytes, at) >>> 4) {
            case 4 -> v4(bytes, at, at + length, batch, row);
            case 6 -> v6(bytes, at, at + length, batch, row);
            default -> {
                // Neither version: nothing can be said.
            }
        }
    }

    /** Behind the label with the bottom-of-stack bit (RFC 3032 section 2.1). */
    private static int afterLabels(byte[] bytes, int at, int end) {
        int p = at;
        while (end - p >= 4) {
            boolean bottom = (bytes[p + 2] & 1) != 0;
            p += 4;
            if (bottom) {
                return p;
            }
        }
        return end;
    }

    private static void v4(byte[] bytes, int at, int end, FlowBatch batch, int row) {
        if (end - at < 20) {
            return;
        }
        int protocol = Bytes.u8(bytes, at + 9);
        address(batch, row, FlowColumn.SRC_HI, 0, Address.v4(Bytes.i32(bytes, at + 12)));
        address(batch, row, FlowColumn.DST_HI, 0, Address.v4(Bytes.i32(bytes, at + 16)));
        packet(batch, row, protocol, Bytes.u16(bytes, at + 2));
        boolean firstFragment = (Bytes.u16(bytes, at + 6) & 0x1fff) == 0;
        if (firstFragment) {
            transport(bytes, at + 4 * (bytes[at] & 15), end, protocol, batch, row);
        }
    }

    private static void v6(byte[] bytes, int at, int end, FlowBatch batch, int row) {
        if (end - at < 40) {
            return;
        }
        address(batch, row, FlowColumn.SRC_HI, Bytes.i64(bytes, at + 8), Bytes.i64(bytes, at + 16));
        address(
                batch,
                row,
                FlowColumn.DST_HI,
                Bytes.i64(bytes, at + 24),
                Bytes.i64(bytes, at + 32));
        int protocol = Bytes.u8(bytes, at + 6);
        int p = at + 40;
        boolean firstFragment = true;
        // Hop-by-hop, routing, destination options, fragment (RFC 8200 section 4).
        while ((protocol == 0 || protocol == 43 || protocol == 60 || protocol == 44)
                && end - p >= 8) {
            if (protocol == 44) {
                firstFragment &= Bytes.u16(bytes, p + 2) >>> 3 == 0;
            }
            int next = Bytes.u8(bytes, p);
            p += protocol == 44 ? 8 : 8 * (Bytes.u8(bytes, p + 1) + 1);
            protocol = next;
        }
        packet(batch, row, protocol, 40L + Bytes.u16(bytes, at + 4));
        if (firstFragment) {
            transport(bytes, p, end, protocol, batch, row);
        }
    }

    private static void transport(
            byte[] bytes, int at, int end, int protocol, FlowBatch batch, int row) {
        switch (protocol) {
            case 6, 17, 132 -> {
                if (end - at >= 4) {
                    put(batch, row, FlowColumn.SRC_PORT, Bytes.u16(bytes, at));
                    put(batch, row, FlowColumn.DST_PORT, Bytes.u16(bytes, at + 2));
                }
                if (protocol == 6 && end - at >= 14) {
                    put(batch, row, FlowColumn.TCP_FLAGS, Bytes.u8(bytes, at + 13));
                }
            }
            case 1, 58 -> {
                if (end - at >= 2) {
                    put(batch, row, FlowColumn.ICMP_TYPE, Bytes.u8(bytes, at));
                    put(batch, row, FlowColumn.ICMP_CODE, Bytes.u8(bytes, at + 1));
                }
            }
            default -> {}
        }
    }

    private static void packet(FlowBatch batch, int row, int protocol, long length) {
        put(batch, row, FlowColumn.PROTOCOL, protocol);
        put(batch, row, FlowColumn.BYTES, length);
        put(batch, row, FlowColumn.PACKETS, 1);
    }

    private static void address(FlowBatch batch, int row, int column, long hi, long lo) {
        if (!batch.has(row, column)) {
            batch.setAddress(row, column, hi, lo);
        }
    }

    private static void put(FlowBatch batch, int row, int column, long value) {
        if (!batch.has(row, column)) {
            batch.set(row, column, value);
        }
    }
}
