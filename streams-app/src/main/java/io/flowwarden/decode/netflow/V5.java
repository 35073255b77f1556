package io.flowwarden.decode.netflow;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.TimeFrom;
import io.flowwarden.net.Address;
import io.flowwarden.raw.Bytes;
import io.flowwarden.raw.Datagrams;

/**
 * NetFlow v5: header of 24 bytes, records of 48. Layout: Cisco, "NetFlow Export Datagram Format",
 * tables B-3 and B-4.
 */
final class V5 {
    static final int HEADER = Datagrams.V5_HEADER;
    static final int RECORD = Datagrams.V5_RECORD;

    /** Of one datagram. */
    private static final int MOST_RECORDS = 30;

    private static final long ALWAYS =
            bits(
                    FlowColumn.START,
                    FlowColumn.END,
                    FlowColumn.SRC_HI,
                    FlowColumn.SRC_LO,
                    FlowColumn.DST_HI,
                    FlowColumn.DST_LO,
                    FlowColumn.PROTOCOL,
                    FlowColumn.BYTES,
                    FlowColumn.PACKETS,
                    FlowColumn.TCP_FLAGS,
                    FlowColumn.INPUT_IF,
                    FlowColumn.OUTPUT_IF,
                    FlowColumn.NEXT_HOP_HI,
                    FlowColumn.NEXT_HOP_LO,
                    FlowColumn.TIME_FROM);
    private static final long PORTS = bits(FlowColumn.SRC_PORT, FlowColumn.DST_PORT);
    private static final long ICMP = bits(FlowColumn.ICMP_TYPE, FlowColumn.ICMP_CODE);

    private V5() {}

    static void read(byte[] b, FlowBatch batch, DecodeReport report) {
        if (b.length < HEADER) {
            report.reject(Reason.TRUNCATED, "a v5 header has 24 bytes, here are " + b.length);
            return;
        }
        int stated = Bytes.u16(b, 2);
        int fit = (b.length - HEADER) / RECORD;
        int count = Math.min(stated, fit);
        long exportMillis = Datagrams.exportMillis(b);
        report.clock(exportMillis);
        if (stated == 0) {
            report.reject(Reason.BAD_COUNT, "count 0, a v5 datagram has 1 to 30 records");
            return;
        }
        if (stated > fit) {
            report.part(
                    Reason.BAD_COUNT,
                    2,
                    "count " + stated + ", " + fit + " records fit, at byte 2");
        }
        int behind = HEADER + count * RECORD;
        if (behind < b.length && stated <= fit) {
            report.part(
                    Reason.TRAILING_BYTES,
                    behind,
                    (b.length - behind) + " bytes behind record " + count + ", at byte " + behind);
        }
        records(b, count, exportMillis, Bytes.i32(b, 4), batch);
        sampling(b, batch);
    }

    /** Counts by what the header says, so a cut datagram is no gap; unless that cannot be. */
    static void sequence(byte[] b, Sequences sequences, DecodeReport report) {
        int stated = Bytes.u16(b, 2);
        int records = stated <= MOST_RECORDS ? stated : Sequence.UNKNOWN;
        sequences.take(5, Bytes.i32(b, 16), records, true, Bytes.i32(b, 4), report);
    }

    private static void records(
            byte[] b, int count, long exportMillis, int uptime, FlowBatch batch) {
        int first = batch.addAll(count, ALWAYS | PORTS);
        for (int i = 0; i < count; i++) {
            int r = first + i;
            int p = HEADER + i * RECORD;
            address(batch, FlowColumn.SRC_HI, r, Bytes.i32(b, p));
            address(batch, FlowColumn.DST_HI, r, Bytes.i32(b, p + 4));
            address(batch, FlowColumn.NEXT_HOP_HI, r, Bytes.i32(b, p + 8));
            batch.column(FlowColumn.INPUT_IF)[r] = Bytes.u16(b, p + 12);
            batch.column(FlowColumn.OUTPUT_IF)[r] = Bytes.u16(b, p + 14);
            batch.column(FlowColumn.PACKETS)[r] = Bytes.u32(b, p + 16);
            batch.column(FlowColumn.BYTES)[r] = Bytes.u32(b, p + 20);
            // Signed difference: holds across the wrap of uptime.
            batch.column(FlowColumn.START)[r] = exportMillis + (Bytes.i32(b, p + 24) - uptime);
            batch.column(FlowColumn.END)[r] = exportMillis + (Bytes.i32(b, p + 28) - uptime);
            batch.column(FlowColumn.TIME_FROM)[r] = TimeFrom.UPTIME.ordinal();
            batch.column(FlowColumn.SRC_PORT)[r] = Bytes.u16(b, p + 32);
            batch.column(FlowColumn.DST_PORT)[r] = Bytes.u16(b, p + 34);
            batch.column(FlowColumn.TCP_FLAGS)[r] = Bytes.u8(b, p + 37);
            int protocol = Bytes.u8(b, p + 38);
            batch.column(FlowColumn.PROTOCOL)[r] = protocol;
            if (protocol == 1 || protocol == 58) {
                batch.present(r, ALWAYS | ICMP);
                batch.column(FlowColumn.ICMP_TYPE)[r] = Bytes.u8(b, p + 34);
                batch.column(FlowColumn.ICMP_CODE)[r] = Bytes.u8(b, p + 35);
            }
        }
    }

    /**
     * The header's low 14 bits; the two above are the mode, which many exporters leave 0 although
     * they sample. 0 states nothing.
     */
    private static void sampling(byte[] b, FlowBatch batch) {
        int rate = Bytes.u16(b, 22) & 0x3fff;
        for (int r = 0; rate > 0 && r < batch.size(); r++) {
            batch.set(r, FlowColumn.SAMPLING, rate);
        }
    }

    private static void address(FlowBatch batch, int column, int row, int v4) {
        batch.column(column)[row] = 0;
        batch.column(column + 1)[row] = Address.v4(v4);
    }

    private static long bits(int... columns) {
        long mask = 0;
        for (int column : columns) {
            mask |= FlowColumn.bit(column);
        }
        return mask;
    }
}
