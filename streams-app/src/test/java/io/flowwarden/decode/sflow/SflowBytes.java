package io.flowwarden.decode.sflow;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes XDR: 32-bit numbers, addresses and opaque bytes padded to 4. */
public final class SflowBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Header of agent 10.1.0.1, sub-agent 7. */
    public static SflowBytes datagram(int samples) {
        return new SflowBytes().words(5, 1, 0x0a010001, 7, 99, 360_000, samples);
    }

    public SflowBytes words(int... words) {
        try {
            for (int word : words) {
                out.writeInt(word);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A type and a body behind its length: a sample of a datagram, a record of a sample. */
    public SflowBytes part(int type, SflowBytes body) {
        byte[] inside = body.toBytes();
        return words(type, inside.length).bytes(inside);
    }

    public SflowBytes bytes(byte[] some) {
        bytes.writeBytes(some);
        while (bytes.size() % 4 != 0) {
            bytes.write(0);
        }
        return this;
    }

    /** A raw header record's body: an Ethernet frame of which so much was taken. */
    public static SflowBytes frame(int frameLength, byte[] taken) {
        return new SflowBytes().words(1, frameLength, 4, taken.length).bytes(taken);
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
