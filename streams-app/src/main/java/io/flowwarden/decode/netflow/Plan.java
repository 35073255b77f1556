package io.flowwarden.decode.netflow;

import io.flowwarden.decode.Frame;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.TimeFrom;
import io.flowwarden.net.Address;
import io.flowwarden.raw.Bytes;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A template, compiled: a list of steps, each of which moves one field of all records of a set into
 * its column. Records of fixed length are read column by column, so a step is dispatched once a set
 * and its loop has nothing in it but a load and a store; records of variable length are measured
 * and read one by one by the same steps.
 */
final class Plan {
    /** What a step does; bytes come from its field, values go to its column. */
    enum Op {
        U8,
        U16,
        U32,
        /** A counter of 64 bits; beyond 2^63 it stays at 2^63 - 1. */
        U64,
        /** Any other length up to 8. */
        UINT,
        V4,
        V6,
        /** Source and destination at once, over IPv6 ones, where not both are 0.0.0.0. */
        V4_PAIR,
        /** The same the other way round. */
        V6_PAIR,
        V4_IF_SET,
        UPTIME,
        /** Uptime of a record that carries systemInitTimeMilliseconds itself. */
        UPTIME_OF_RECORD,
        SECONDS,
        MILLISECONDS,
        /** NTP timestamp, RFC 7011 sections 6.1.9 and 6.1.10. */
        NTP,
        DELTA,
        DURATION_MILLISECONDS,
        DURATION_MICROSECONDS,
        COPY,
        CONSTANT,
        EXPORT_TIME,
        /** {@link TimeFrom#UPTIME} where the exporter's uptime is known. */
        TIME_FROM_UPTIME,
        TYPE_CODE,
        TYPE_CODE_6,
        UINT_6,
        FORWARDING,
        FIREWALL,
        BIFLOW,
        TEXT,
        APPLICATION_ID,
        FRAME,
        PACKET,
        LABEL,
        FIREWALL_REASON,
        /** Whether that reason is a packet of no session. */
        NO_SYN,
        JUNIPER_EXCEPTION,
        /** Ports of ICMP are no ports; type and code of anything else are no type and code. */
        ICMP,
        /** Rate of systematic sampling, of two fields. */
        SYSTEMATIC,
        /** Rate of random n out of N sampling, of two fields. */
        RANDOM,
        /** The rate of a record that states none, by its sampler, interface or domain. */
        SAMPLED
    }

    /**
     * @param column target
     * @param field index of the field, -1 where there is none
     * @param second index of a second field, or a column, or a constant, by operation
     * @param length bytes to read
     * @param skip leading bytes of the field that are beyond the size of its type
     */
    record Step(Op op, int column, int field, int second, int length, int skip) {}

    private static final long PORTS =
            FlowColumn.bit(FlowColumn.SRC_PORT) | FlowColumn.bit(FlowColumn.DST_PORT);
    private static final long ICMP =
            FlowColumn.bit(FlowColumn.ICMP_TYPE) | FlowColumn.bit(FlowColumn.ICMP_CODE);

    /** Seconds from 1900, where NTP begins, to 1970. */
    /** Cisco, "ASA NetFlow Implementation Guide", extended events of NSEL. */
    private static final int FIRST_PACKET_NO_SYN = 1_004;

    private static final long NTP_EPOCH = 2_208_988_800L;

    private final Step[] steps;
    private final int[] lengths;
    private final int[] offsets;
    private final int[] measured;

    /** Fields that take bytes: walking over a thousand empty ones is work that nobody sent. */
    private final int[] walk;

    private final int recordLength;
    private final boolean variable;
    private final long mask;

    /** Presence bits of the elements for ICMP type and code. */
    private final long icmp;

    private final OptionsFields options;

    Plan(Step[] steps, int[] lengths, long mask, long icmp, OptionsFields options) {
        this.steps = steps;
        this.lengths = lengths;
        this.mask = mask;
        this.icmp = icmp;
        this.options = options;
        offsets = new int[lengths.length];
        measured = lengths.clone();
        walk = IntStream.range(0, lengths.length).filter(f -> lengths[f] != 0).toArray();
        int at = 0;
        boolean vary = false;
        for (int f = 0; f < lengths.length; f++) {
            offsets[f] = at;
            vary |= lengths[f] == Template.VARIABLE;
            at += lengths[f] == Template.VARIABLE ? 1 : lengths[f];
        }
        recordLength = at;
        variable = vary;
    }

    /** Bytes of a record, of the shortest one where they vary; at least 1. */
    int recordLength() {
        return recordLength;
    }

    boolean variable() {
        return variable;
    }

    /** How to read records of an options template; null for flows. */
    OptionsFields options() {
        return options;
    }

    /** Reads {@code count} records of fixed length that lie end to end from {@code at}. */
    void readAll(Message message, int at, int count) {
        int first = message.batch.addAll(count, mask);
        for (Step step : steps) {
            run(step, message, at, recordLength, first, count);
        }
    }

    /**
     * Measures and reads one record of variable length.
     *
     * @return first byte behind it, or -1 where it does not end before {@code end}
     */
    int readOne(Message message, int at, int end) {
        int next = measure(message.bytes, at, end);
        if (next >= 0) {
            int row = message.batch.add(mask);
            for (Step step : steps) {
                run(step, message, 0, 0, row, 1);
            }
        }
        return next;
    }

    /** Finds the fields of one record; {@link #offset} then holds their places. */
    int measure(byte[] bytes, int at, int end) {
        int p = at;
        for (int f : walk) {
            int length = lengths[f];
            if (length == Template.VARIABLE) {
                if (p >= end) {
                    return -1;
                }
                length = Bytes.u8(bytes, p++);
                if (length == 255) {
                    if (end - p < 2) {
                        return -1;
                    }
                    length = Bytes.u16(bytes, p);
                    p += 2;
                }
            }
            if (end - p < length) {
                return -1;
            }
            offsets[f] = p;
            measured[f] = length;
            p += length;
        }
        return p;
    }

    /** Where a field begins: in the record where lengths are fixed, in the message else. */
    int offset(int field) {
        return offsets[field];
    }

    /** Bytes of a field: in every record where lengths are fixed, in the measured one else. */
    int length(int field) {
        return measured[field];
    }

    private void run(Step step, Message m, int base, int stride, int first, int count) {
        byte[] b = m.bytes;
        int p = base + (step.field < 0 ? 0 : offsets[step.field] + step.skip);
        int end = first + count;
        FlowBatch batch = m.batch;
        switch (step.op) {
            case U8 -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = Bytes.u8(b, p);
                }
            }
            case U16 -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = Bytes.u16(b, p);
                }
            }
            case U32 -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = Bytes.u32(b, p);
                }
            }
            case U64 -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    long value = Bytes.i64(b, p);
                    to[r] = value < 0 ? Long.MAX_VALUE : value;
                }
            }
            case UINT -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = Bytes.uint(b, p, step.length);
                }
            }
            case V4 -> {
                Arrays.fill(batch.column(step.column), first, end, 0);
                long[] to = batch.column(step.column + 1);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = Address.v4(Bytes.i32(b, p));
                }
            }
            case V6 -> {
                long[] hi = batch.column(step.column);
                long[] lo = batch.column(step.column + 1);
                for (int r = first; r < end; r++, p += stride) {
                    hi[r] = Bytes.i64(b, p);
                    lo[r] = Bytes.i64(b, p + 8);
                }
            }
            case V4_PAIR -> {
                int q = base + offsets[step.second];
                for (int r = first; r < end; r++, p += stride, q += stride) {
                    int src = Bytes.i32(b, p);
                    int dst = Bytes.i32(b, q);
                    if ((src | dst) != 0) {
                        batch.setAddress(r, FlowColumn.SRC_HI, 0, Address.v4(src));
                        batch.setAddress(r, FlowColumn.DST_HI, 0, Address.v4(dst));
                    }
                }
            }
            case V6_PAIR -> {
                int q = base + offsets[step.second];
                for (int r = first; r < end; r++, p += stride, q += stride) {
                    long srcHi = Bytes.i64(b, p);
                    long srcLo = Bytes.i64(b, p + 8);
                    long dstHi = Bytes.i64(b, q);
                    long dstLo = Bytes.i64(b, q + 8);
                    if ((srcHi | srcLo | dstHi | dstLo) != 0) {
                        batch.setAddress(r, FlowColumn.SRC_HI, srcHi, srcLo);
                        batch.setAddress(r, FlowColumn.DST_HI, dstHi, dstLo);
                    }
                }
            }
            case V4_IF_SET -> {
                for (int r = first; r < end; r++, p += stride) {
                    int address = Bytes.i32(b, p);
                    if (address != 0) {
                        batch.setAddress(r, step.column, 0, Address.v4(address));
                    }
                }
            }
            case UPTIME -> {
                long[] to = batch.column(step.column);
                if (!m.uptimeKnown) {
                    Arrays.fill(to, first, end, m.exportMillis);
                } else if (step.length == 4) {
                    long now = m.exportMillis;
                    int uptime = m.uptime;
                    for (int r = first; r < end; r++, p += stride) {
                        to[r] = now + (Bytes.i32(b, p) - uptime);
                    }
                } else {
                    for (int r = first; r < end; r++, p += stride) {
                        to[r] = m.absolute((int) Bytes.uint(b, p, step.length));
                    }
                }
            }
            case UPTIME_OF_RECORD -> {
                long[] to = batch.column(step.column);
                int q = base + offsets[step.second];
                for (int r = first; r < end; r++, p += stride, q += stride) {
                    int uptime = (int) (m.exportMillis - Bytes.i64(b, q));
                    to[r] = m.exportMillis + ((int) Bytes.uint(b, p, step.length) - uptime);
                }
            }
            case SECONDS -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = Bytes.uint(b, p, step.length) * 1000;
                }
            }
            case MILLISECONDS -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = Bytes.uint(b, p, step.length);
                }
            }
            case NTP -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    long seconds = Bytes.u32(b, p) - NTP_EPOCH;
                    to[r] = seconds * 1000 + (Bytes.u32(b, p + 4) * 1000 >>> 32);
                }
            }
            case DELTA -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = m.exportMillis - Bytes.uint(b, p, step.length) / 1000;
                }
            }
            case DURATION_MILLISECONDS, DURATION_MICROSECONDS -> {
                long unit = step.op == Op.DURATION_MILLISECONDS ? 1 : 1000;
                long[] to = batch.column(FlowColumn.END);
                long[] start = batch.column(FlowColumn.START);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = start[r] + Bytes.uint(b, p, step.length) / unit;
                }
            }
            case COPY ->
                    System.arraycopy(
                            batch.column(step.second),
                            first,
                            batch.column(step.column),
                            first,
                            count);
            case CONSTANT -> Arrays.fill(batch.column(step.column), first, end, step.second);
            case EXPORT_TIME -> Arrays.fill(batch.column(step.column), first, end, m.exportMillis);
            case TIME_FROM_UPTIME ->
                    Arrays.fill(
                            batch.column(FlowColumn.TIME_FROM),
                            first,
                            end,
                            (m.uptimeKnown ? TimeFrom.UPTIME : TimeFrom.EXPORT).ordinal());
            case TYPE_CODE -> {
                long[] type = batch.column(FlowColumn.ICMP_TYPE);
                long[] code = batch.column(FlowColumn.ICMP_CODE);
                for (int r = first; r < end; r++, p += stride) {
                    int both = (int) Bytes.uint(b, p, step.length);
                    type[r] = both >>> 8 & 255;
                    code[r] = both & 255;
                }
            }
            case TYPE_CODE_6 -> {
                long[] protocol = batch.column(FlowColumn.PROTOCOL);
                for (int r = first; r < end; r++, p += stride) {
                    if (protocol[r] == 58) {
                        int both = (int) Bytes.uint(b, p, step.length);
                        batch.set(r, FlowColumn.ICMP_TYPE, both >>> 8 & 255);
                        batch.set(r, FlowColumn.ICMP_CODE, both & 255);
                    }
                }
            }
            case UINT_6 -> {
                long[] protocol = batch.column(FlowColumn.PROTOCOL);
                for (int r = first; r < end; r++, p += stride) {
                    if (protocol[r] == 58) {
                        batch.set(r, step.column, Bytes.uint(b, p, step.length));
                    }
                }
            }
            case FORWARDING -> {
                long[] to = batch.column(FlowColumn.OUTCOME);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = forwarding(Bytes.u8(b, p)).ordinal();
                }
            }
            case FIREWALL -> {
                long[] to = batch.column(FlowColumn.OUTCOME);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = firewall(Bytes.u8(b, p)).ordinal();
                }
            }
            case BIFLOW -> {
                long[] to = batch.column(FlowColumn.INITIATOR);
                for (int r = first; r < end; r++, p += stride) {
                    int direction = Bytes.u8(b, p);
                    // 0 is arbitrary, 3 perimeter (RFC 5103 section 6.3): neither names a client.
                    to[r] = direction == 1 || direction == 2 ? direction : 0;
                }
            }
            case TEXT -> {
                for (int r = first; r < end; r++, p += stride) {
                    String text = m.texts.text(b, p, measured[step.field]);
                    if (!text.isEmpty()) {
                        batch.text(r, step.column, text);
                    }
                }
            }
            case APPLICATION_ID -> {
                for (int r = first; r < end; r++, p += stride) {
                    int length = measured[step.field];
                    if (length >= 1 && length <= 9) {
                        batch.text(r, step.column, applicationId(b, p, length));
                    }
                }
            }
            case FRAME -> {
                for (int r = first; r < end; r++, p += stride) {
                    Frame.read(b, p, measured[step.field], batch, r);
                }
            }
            case PACKET -> {
                for (int r = first; r < end; r++, p += stride) {
                    Frame.packet(b, p, measured[step.field], batch, r);
                }
            }
            case LABEL -> {
                long[] to = batch.column(step.column);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = Bytes.uint(b, p, step.length) >>> 4;
                }
            }
            case FIREWALL_REASON -> {
                long[] to = batch.column(FlowColumn.OUTCOME);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = firewallReason((int) Bytes.uint(b, p, step.length)).ordinal();
                }
            }
            case NO_SYN -> {
                long[] to = batch.column(FlowColumn.NO_SYN);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = Bytes.uint(b, p, step.length) == FIRST_PACKET_NO_SYN ? 1 : 0;
                }
            }
            case JUNIPER_EXCEPTION -> {
                long[] to = batch.column(FlowColumn.OUTCOME);
                for (int r = first; r < end; r++, p += stride) {
                    to[r] = juniperException(Bytes.u16(b, p)).ordinal();
                }
            }
            case ICMP -> icmp(batch, first, end);
            case SYSTEMATIC, RANDOM -> {
                long[] to = batch.column(step.column);
                int q = base + offsets[step.second];
                for (int r = first; r < end; r++, p += stride, q += stride) {
                    long one = Bytes.uint(b, p, step.length);
                    long other = Bytes.uint(b, q, measured[step.second]);
                    to[r] =
                            step.op == Op.SYSTEMATIC
                                    ? Sampled.systematic(one, other)
                                    : one <= 0 ? 0 : other / one;
                }
            }
            case SAMPLED -> {
                boolean own = (mask & FlowColumn.bit(FlowColumn.SAMPLING)) != 0;
                Sampled.fill(m, own, step.field < 0 ? -1 : p, step.length, stride, first, end);
            }
        }
    }

    /** Classification engine, then its selector (RFC 6759 section 4). */
    static String applicationId(byte[] bytes, int at, int length) {
        return Bytes.u8(bytes, at) + ":" + Bytes.uint(bytes, at + 1, length - 1);
    }

    private void icmp(FlowBatch batch, int first, int end) {
        long[] protocol = batch.column(FlowColumn.PROTOCOL);
        for (int r = first; r < end; r++) {
            if (protocol[r] == 1 || protocol[r] == 58) {
                icmpRow(batch, r);
            }
        }
    }

    private void icmpRow(FlowBatch batch, int row) {
        long present = batch.present(row) | icmp;
        long type = 0;
        long code = 0;
        if ((present & ICMP) != 0) {
            type = batch.column(FlowColumn.ICMP_TYPE)[row];
            code = (present & ICMP) == ICMP ? batch.column(FlowColumn.ICMP_CODE)[row] : 0;
        }
        // Cisco's habit since v5: type x 256 + code in the destination port, with or without the
        // element beside it. Type 0 has no code but 0, so a zero element loses nothing.
        if (type == 0 && code == 0 && batch.has(row, FlowColumn.DST_PORT)) {
            long port = batch.get(row, FlowColumn.DST_PORT);
            type = port >>> 8 & 255;
            code = port & 255;
            present |= ICMP;
        }
        batch.present(row, present & ~PORTS);
        if ((present & ICMP) != 0) {
            batch.column(FlowColumn.ICMP_TYPE)[row] = type;
            batch.column(FlowColumn.ICMP_CODE)[row] = code;
        }
    }

    /** Two high bits (RFC 7270 section 4.12): 1 forwarded, 2 dropped; 3, consumed, is neither. */
    private static Outcome forwarding(int status) {
        return switch (status >>> 6) {
            case 1 -> Outcome.ACCEPTED;
            case 2 -> Outcome.REJECTED;
            default -> Outcome.UNKNOWN;
        };
    }

    /** IANA registry "firewallEvent": 1 created, 2 deleted, 3 denied, 4 alert, 5 update. */
    private static Outcome firewall(int event) {
        return switch (event) {
            case 1, 2, 5 -> Outcome.ACCEPTED;
            case 3 -> Outcome.REJECTED;
            default -> Outcome.UNKNOWN;
        };
    }

    /** Cisco, "ASA NetFlow Implementation Guide": 1001 to 1004 are the ways of denial. */
    private static Outcome firewallReason(int event) {
        return event >= 1001 && event <= 1999 ? Outcome.REJECTED : Outcome.UNKNOWN;
    }

    /**
     * Juniper inline monitoring: property 2, in the high six bits, is the exception code; discards
     * are counted from 128, what is punted to the routing engine below.
     */
    private static Outcome juniperException(int property) {
        return property >>> 10 == 2 && (property & 0x3ff) >= 128
                ? Outcome.REJECTED
                : Outcome.UNKNOWN;
    }
}
