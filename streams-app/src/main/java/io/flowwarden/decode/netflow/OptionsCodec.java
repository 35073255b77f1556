package io.flowwarden.decode.netflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a stored source behind its templates: active and idle timeout; number of rates, and
 * for each scope, domain, id and rate; number of names, and for each its kind and id, then itself,
 * each with its length before it.
 */
final class OptionsCodec {
    private OptionsCodec() {}

    static byte[] write(ExporterOptions options) {
        List<byte[]> texts = new ArrayList<>();
        options.forEachName(
                (key, name) -> {
                    texts.add(key.getBytes(UTF_8));
                    texts.add(name.getBytes(UTF_8));
                });
        int size = 8 + 2 + options.rates() * (1 + 4 + 8 + 8) + 2;
        for (byte[] text : texts) {
            size += 2 + text.length;
        }
        ByteBuffer to = ByteBuffer.allocate(size);
        to.putInt(options.activeTimeout()).putInt(options.idleTimeout());
        to.putShort((short) options.rates());
        options.forEachRate(
                (scope, domain, id, rate) ->
                        to.put((byte) scope).putInt((int) domain).putLong(id).putLong(rate));
        to.putShort((short) options.names());
        for (byte[] text : texts) {
            to.putShort((short) text.length).put(text);
        }
        return to.array();
    }

    /**
     * @throws BufferUnderflowException where the bytes end too early
     */
    static void read(ByteBuffer from, ExporterOptions options) {
        options.activeTimeout(from.getInt());
        options.idleTimeout(from.getInt());
        int rates = from.getShort() & 0xffff;
        for (int i = 0; i < rates; i++) {
            options.rate(from.get(), from.getInt() & 0xffff_ffffL, from.getLong(), from.getLong());
        }
        int names = from.getShort() & 0xffff;
        for (int i = 0; i < names; i++) {
            String key = text(from);
            String name = text(from);
            if (!key.isEmpty()) {
                options.name(key.charAt(0), key.substring(1), name);
            }
        }
    }

    private static String text(ByteBuffer from) {
        int length = from.getShort() & 0xffff;
        if (from.remaining() < length) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, UTF_8);
    }
}
