package io.flowwarden.raw;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unsigned big-endian reads from a byte array: one bounds check and one load each. */
public final class Bytes {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    public static int u16(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xffff;
    }

    public static int i32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    public static long u32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at) & 0xffffffffL;
    }

    public static long i64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** 1 to 8 bytes (reduced-size encoding, RFC 7011 section 6.2). */
    public static long uint(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }
}
