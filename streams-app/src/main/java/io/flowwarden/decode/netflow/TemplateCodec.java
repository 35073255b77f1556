package io.flowwarden.decode.netflow;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * A source's templates as stored bytes: version, systemInit, number of templates, and for each key,
 * flags, scopes, fields, and for each field element, length and, if any field of it has one,
 * enterprise number; then what {@link OptionsCodec} writes. Big-endian.
 */
final class TemplateCodec {
    private static final byte VERSION = 2;
    private static final int OPTIONS = 1;
    private static final int ENTERPRISES = 2;

    private TemplateCodec() {}

    static byte[] write(SourceTemplates templates) {
        int[] size = {1 + 8 + 2};
        templates.forEach((key, t) -> size[0] += 8 + 1 + 2 + 2 + t.fields() * fieldBytes(t));
        byte[] options = OptionsCodec.write(templates.options());
        ByteBuffer to = ByteBuffer.allocate(size[0] + options.length);
        to.put(VERSION).putLong(templates.systemInit()).putShort((short) templates.size());
        templates.forEach((key, t) -> write(to, key, t));
        return to.put(options).array();
    }

    /**
     * Templates as they were written, or null where the bytes are not of this version or broken.
     */
    static SourceTemplates read(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        try {
            if (from.get() != VERSION) {
                return null;
            }
            var templates = new SourceTemplates();
            templates.systemInit(from.getLong());
            int count = from.getShort() & 0xffff;
            for (int i = 0; i < count; i++) {
                long key = from.getLong();
                Template template = template(from);
                if (template == null) {
                    return null;
                }
                templates.define(key, template);
            }
            OptionsCodec.read(from, templates.options());
            templates.takeChanged();
            return from.hasRemaining() || templates.size() != count ? null : templates;
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static void write(ByteBuffer to, long key, Template t) {
        boolean enterprises = hasEnterprises(t);
        to.putLong(key);
        to.put((byte) ((t.options() ? OPTIONS : 0) | (enterprises ? ENTERPRISES : 0)));
        to.putShort((short) t.scopes()).putShort((short) t.fields());
        for (int f = 0; f < t.fields(); f++) {
            to.putShort((short) t.elements()[f]).putShort((short) t.lengths()[f]);
            if (enterprises) {
                to.putInt(t.enterprises()[f]);
            }
        }
    }

    private static Template template(ByteBuffer from) {
        int flags = from.get();
        int scopes = from.getShort() & 0xffff;
        int fields = from.getShort() & 0xffff;
        if (from.remaining() < fields * 4 || scopes > fields) {
            return null;
        }
        var elements = new int[fields];
        var enterprises = new int[fields];
        var lengths = new int[fields];
        for (int f = 0; f < fields; f++) {
            elements[f] = from.getShort() & 0xffff;
            lengths[f] = from.getShort() & 0xffff;
            enterprises[f] = (flags & ENTERPRISES) != 0 ? from.getInt() : 0;
        }
        var template = new Template((flags & OPTIONS) != 0, scopes, elements, enterprises, lengths);
        return template.minimumLength() == 0 ? null : template;
    }

    private static boolean hasEnterprises(Template t) {
        for (int enterprise : t.enterprises()) {
            if (enterprise != 0) {
                return true;
            }
        }
        return false;
    }

    private static int fieldBytes(Template t) {
        return hasEnterprises(t) ? 8 : 4;
    }
}
