package io.flowwarden.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Export datagrams, written by hand: numbers in, bytes out, headers and lengths filled in. */
public final class ExportBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ExportBytes() {}

    /** Anything, e.g. what no exporter would send. */
    public static ExportBytes raw() {
        return new ExportBytes();
    }

    /** A v9 datagram at 1 700 000 000 s with an uptime of 1 000 000 ms. */
    public static byte[] v9(long sourceId, byte[]... sets) {
        return v9(1_700_000_000L, 1_000_000, sourceId, sets);
    }

    public static byte[] v9(long seconds, int uptime, long sourceId, byte[]... sets) {
        var bytes = raw().u16(9).u16(sets.length).u32(uptime).u32(seconds).u32(7).u32(sourceId);
        return bytes.bytes(sets).get();
    }

    /** An IPFIX message at 1 700 000 000 s. */
    public static byte[] ipfix(long domain, byte[]... sets) {
        int length = 16;
        for (byte[] set : sets) {
            length += set.length;
        }
        var bytes = raw().u16(10).u16(length).u32(1_700_000_000L).u32(7).u32(domain);
        return bytes.bytes(sets).get();
    }

    public static byte[] set(int id, byte[]... parts) {
        int length = 4;
        for (byte[] part : parts) {
            length += part.length;
        }
        return raw().u16(id).u16(length).bytes(parts).get();
    }

    /**
     * A template record, of v9 or IPFIX.
     *
     * @param elementsAndLengths element, length, element, length...
     */
    public static byte[] template(int id, int... elementsAndLengths) {
        var bytes = raw().u16(id).u16(elementsAndLengths.length / 2);
        for (int value : elementsAndLengths) {
            bytes.u16(value);
        }
        return bytes.get();
    }

    public ExportBytes u8(int value) {
        out.write(value);
        return this;
    }

    public ExportBytes u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public ExportBytes u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    public ExportBytes u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    /** Dotted quad. */
    public ExportBytes ip(String address) {
        for (String octet : address.split("\\.")) {
            u8(Integer.parseInt(octet));
        }
        return this;
    }

    public ExportBytes zeros(int count) {
        for (int i = 0; i < count; i++) {
            u8(0);
        }
        return this;
    }

    public ExportBytes text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public ExportBytes bytes(byte[]... parts) {
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return this;
    }

    public byte[] get() {
        return out.toByteArray();
    }

    /** Every proper prefix of a datagram, the empty one included. */
    public static List<byte[]> prefixes(byte[] datagram) {
        var prefixes = new ArrayList<byte[]>();
        for (int length = 0; length < datagram.length; length++) {
            prefixes.add(Arrays.copyOf(datagram, length));
        }
        return prefixes;
    }
}
