package io.flowwarden.input;

import io.flowwarden.raw.Datagrams;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import io.flowwarden.raw.SourceIds;
import java.io.IOException;

/**
 * Reads export datagrams that follow one another without any framing: a single one saved to a file,
 * several appended, an IPFIX file (RFC 5655). Where the next one starts follows from the headers:
 * v5 counts its records, IPFIX states its length, v9 is walked set by set until a set id of 9,
 * which no set has, starts the next header.
 */
final class BareDatagrams {
    /** No UDP datagram is larger. */
    private static final int MAX_DATAGRAM = 0xffff;

    private static final int V5 = 5;
    private static final int V9 = 9;
    private static final int IPFIX = 10;
    private static final int V5_HEADER = 24;
    private static final int V5_RECORD = 48;
    private static final int V9_HEADER = 20;
    private static final int IPFIX_HEADER = 16;

    private final ByteSource in;
    private final String input;
    private final String exporter;
    private final RawSink out;

    private BareDatagrams(ByteSource in, String input, String exporter, RawSink out) {
        this.in = in;
        this.input = input;
        this.exporter = exporter;
        this.out = out;
    }

    static boolean startsAt(ByteSource in) {
        return isVersion(in.fill(2) == 2 ? in.u16(0) : -1);
    }

    /**
     * @param exporter address that sent all of it, or null
     */
    static void read(ByteSource in, String input, String exporter, RawSink out) throws IOException {
        new BareDatagrams(in, input, exporter, out).datagrams();
    }

    private void datagrams() throws IOException {
        int version = in.fill(2) == 2 ? in.u16(0) : -1;
        while (in.fill(2) == 2 && in.u16(0) == version) {
            long offset = in.offset();
            int left = in.fill(MAX_DATAGRAM);
            int whole = wholeLength(version, left);
            boolean cut = whole < 0;
            // What is no datagram of this version belongs to the one before it, whose decoder
            // knows what trailing bytes mean.
            int length = cut ? left : followed(whole, version) ? whole : left;
            handOn(length);
            in.skip(length);
            if (cut) {
                throw DamagedInput.at(
                        offset,
                        name(version)
                                + " datagram does not end where it says: "
                                + left
                                + " bytes left");
            }
        }
        if (in.fill(1) > 0) {
            throw DamagedInput.at(in.offset(), "no " + name(version) + " datagram starts here");
        }
    }

    private boolean followed(int length, int version) {
        return in.fill(length + 2) == length + 2 && in.u16(length) == version;
    }

    private void handOn(int length) throws IOException {
        byte[] value = in.copy(0, length);
        out.accept(
                new RawRecord(
                        SourceIds.netflow(exporter, value),
                        RawFormat.NETFLOW,
                        Datagrams.exportMillis(value),
                        exporter,
                        null,
                        null,
                        input,
                        false,
                        value));
    }

    /** Length of the datagram at the start of the window, or -1 where it does not fit. */
    private int wholeLength(int version, int left) {
        return switch (version) {
            case V5 -> {
                int length =
                        left < V5_HEADER ? MAX_DATAGRAM + 1 : V5_HEADER + V5_RECORD * in.u16(2);
                yield length <= left ? length : -1;
            }
            case IPFIX -> {
                int length = left < IPFIX_HEADER ? 0 : in.u16(2);
                yield length >= IPFIX_HEADER && length <= left ? length : -1;
            }
            default -> v9Length(left);
        };
    }

    private int v9Length(int left) {
        int at = V9_HEADER;
        if (left < at) {
            return -1;
        }
        while (at + 4 <= left) {
            int id = in.u16(at);
            if (id == V9) {
                return at;
            }
            int length = in.u16(at + 2);
            if (length < 4) {
                // Padding or nonsense: the decoder says which.
                return left;
            }
            if (at + length > left) {
                return -1;
            }
            at += length;
        }
        return left;
    }

    private static boolean isVersion(int version) {
        return version == V5 || version == V9 || version == IPFIX;
    }

    private static String name(int version) {
        return version == IPFIX ? "an IPFIX" : "a NetFlow v" + version;
    }
}
