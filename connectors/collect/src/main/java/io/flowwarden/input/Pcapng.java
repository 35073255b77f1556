package io.flowwarden.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the next-generation capture format (draft-ietf-opsawg-pcapng). */
final class Pcapng {
    private static final int SECTION = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int OPTION_TSRESOL = 9;
    private static final int OPTION_TSOFFSET = 14;

    /** Blocks hold a packet or some options; larger ones are damage. */
    private static final int MAX_BLOCK = 16 << 20;

    /** A capture with more interfaces is damage, too. */
    private static final int MAX_INTERFACES = 1 << 16;

    private record Interface(int linkType, long snapLength, long unitsPerSecond, long offset) {
        long millis(long timestamp) {
            // High-resolution timestamps are unsigned: never multiplied, so never overflowing.
            long seconds = Long.divideUnsigned(timestamp, unitsPerSecond);
            long rest = Long.remainderUnsigned(timestamp, unitsPerSecond);
            long millis =
                    unitsPerSecond >= 1000 && unitsPerSecond % 1000 == 0
                            ? rest / (unitsPerSecond / 1000)
                            : (long) (rest * 1000.0 / unitsPerSecond);
            return (seconds + offset) * 1000 + millis;
        }
    }

    private final ByteSource in;
    private final PacketSink out;
    private final List<Interface> interfaces = new ArrayList<>();
    private boolean littleEndian;

    private Pcapng(ByteSource in, PacketSink out) {
        this.in = in;
        this.out = out;
    }

    static boolean startsAt(ByteSource in) {
        return in.fill(4) == 4 && (int) in.u32(0) == SECTION;
    }

    static void read(ByteSource in, PacketSink out) throws IOException {
        new Pcapng(in, out).blocks();
    }

    private void blocks() throws IOException {
        for (int left = in.fill(12); left > 0; left = in.fill(12)) {
            if (left < 12) {
                throw damaged(0, "a block header of 12 bytes is cut: " + left + " left");
            }
            if ((int) in.u32(0) == SECTION) {
                beginSection();
            }
            long length = u32(4);
            if (length < 12 || length % 4 != 0 || length > MAX_BLOCK) {
                throw damaged(4, "no block has a length of " + length);
            }
            int got = in.fill((int) length);
            if (got < length) {
                throw damaged(0, "a block of " + length + " bytes is cut: " + got + " left");
            }
            block((int) u32(0), (int) length);
            in.skip((int) length);
        }
    }

    private void beginSection() throws DamagedInput {
        switch ((int) in.u32(8)) {
            case 0x1a2b3c4d -> littleEndian = false;
            case 0x4d3c2b1a -> littleEndian = true;
            default -> throw damaged(8, "no byte-order magic in the section header");
        }
        interfaces.clear();
    }

    private void block(int type, int length) throws IOException {
        switch (type) {
            case INTERFACE -> describeInterface(length);
            case ENHANCED_PACKET -> packet(length, (int) u32(8));
            case OBSOLETE_PACKET -> packet(length, u16(8));
            case SIMPLE_PACKET -> simplePacket(length);
            default -> {
                // Name resolution, statistics, secrets, private blocks: not ours.
            }
        }
    }

    private void describeInterface(int length) throws DamagedInput {
        if (length < 20) {
            throw damaged(4, "an interface block of " + length + " bytes is too short");
        }
        if (interfaces.size() == MAX_INTERFACES) {
            throw damaged(0, "more than " + MAX_INTERFACES + " interfaces");
        }
        long units = 1_000_000;
        long offset = 0;
        int at = 16;
        int end = length - 4;
        while (at + 4 <= end) {
            int code = u16(at);
            int size = u16(at + 2);
            if (code == 0 || at + 4 + size > end) {
                break;
            }
            if (code == OPTION_TSRESOL && size >= 1) {
                units = unitsPerSecond(in.u8(at + 4));
            } else if (code == OPTION_TSOFFSET && size >= 8) {
                offset = u64(at + 4);
            }
            at += 4 + (size + 3 & ~3);
        }
        interfaces.add(new Interface(u16(8), u32(12), units, offset));
    }

    /** Negative powers of ten, or of two where the top bit is set. */
    private long unitsPerSecond(int resolution) throws DamagedInput {
        int exponent = resolution & 127;
        if ((resolution & 128) != 0) {
            if (exponent > 62) {
                throw damaged(0, "no clock has a resolution of 2^-" + exponent + " s");
            }
            return 1L << exponent;
        }
        if (exponent > 18) {
            throw damaged(0, "no clock has a resolution of 10^-" + exponent + " s");
        }
        long units = 1;
        for (int i = 0; i < exponent; i++) {
            units *= 10;
        }
        return units;
    }

    private void packet(int length, int number) throws IOException {
        if (length < 32) {
            throw damaged(4, "a packet block of " + length + " bytes is too short");
        }
        if (number < 0 || number >= interfaces.size()) {
            throw damaged(8, "a packet of interface " + number + ", which was never described");
        }
        long captured = u32(20);
        if (captured > length - 32) {
            throw damaged(
                    20, "a packet of " + captured + " bytes in a block of " + length + " bytes");
        }
        Interface from = interfaces.get(number);
        out.packet(
                from.linkType(),
                from.millis(u32(12) << 32 | u32(16)),
                in.buffer(),
                in.position() + 28,
                (int) captured);
    }

    private void simplePacket(int length) throws IOException {
        if (length < 16 || interfaces.isEmpty()) {
            throw damaged(4, "a simple packet block without an interface or too short");
        }
        Interface from = interfaces.get(0);
        long snap = from.snapLength() == 0 ? Long.MAX_VALUE : from.snapLength();
        long captured = Math.min(Math.min(u32(8), snap), length - 16);
        out.packet(
                from.linkType(),
                PacketSink.NO_TIME,
                in.buffer(),
                in.position() + 12,
                (int) captured);
    }

    private int u16(int at) {
        int value = in.u16(at);
        return littleEndian ? Integer.reverseBytes(value) >>> 16 : value;
    }

    private long u32(int at) {
        long value = in.u32(at);
        return littleEndian ? Integer.reverseBytes((int) value) & 0xffffffffL : value;
    }

    private long u64(int at) {
        return littleEndian ? u32(at + 4) << 32 | u32(at) : u32(at) << 32 | u32(at + 4);
    }

    private DamagedInput damaged(int at, String reason) {
        return DamagedInput.at(in.offset() + at, reason);
    }
}
