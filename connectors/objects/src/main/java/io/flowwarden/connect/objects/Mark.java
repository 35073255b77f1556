package io.flowwarden.connect.objects;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What is remembered of one object.
 *
 * @param key hash of its key
 * @param modified as listed when it was last read, epoch ms
 * @param size as listed then
 * @param etag part of the hash of its etag then
 * @param position up to where it was read, in the terms of its reader
 * @param done whether that was its end
 */
record Mark(long key, long modified, long size, int etag, long position, boolean done)
        implements Comparable<Mark> {
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();

    static Mark of(StoredObject object, long position, boolean done) {
        return new Mark(
                KeyHash.of(object.key()),
                object.modified(),
                object.size(),
                etag(object),
                position,
                done);
    }

    static int etag(StoredObject object) {
        return (int) KeyHash.of(object.etag());
    }

    /** The order in which objects are read and forgotten. */
    @Override
    public int compareTo(Mark other) {
        return compare(modified, key, other.modified, other.key);
    }

    static int compare(long modified, long key, long otherModified, long otherKey) {
        int byTime = Long.compare(modified, otherModified);
        return byTime != 0 ? byTime : Long.compare(key, otherKey);
    }

    /** {@code key.modified.size.etag.position}, and {@code +} where it is done. */
    String text() {
        var bytes = ByteBuffer.allocate(12).putLong(key).putInt(etag).array();
        return TO_TEXT.encodeToString(bytes)
                + '.'
                + Long.toString(modified, 36)
                + '.'
                + Long.toString(size, 36)
                + '.'
                + Long.toString(position, 36)
                + (done ? "+" : "");
    }

    /**
     * @throws IllegalArgumentException if it is no mark
     */
    static Mark parse(String text) {
        boolean done = text.endsWith("+");
        String[] part = (done ? text.substring(0, text.length() - 1) : text).split("\\.", -1);
        if (part.length != 4) {
            throw new IllegalArgumentException("'" + text + "' is no mark of an object");
        }
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(part[0]));
        if (bytes.remaining() != 12) {
            throw new IllegalArgumentException("'" + part[0] + "' is no hash of a key and an etag");
        }
        return new Mark(
                bytes.getLong(0),
                Long.parseLong(part[1], 36),
                Long.parseLong(part[2], 36),
                bytes.getInt(8),
                Long.parseLong(part[3], 36),
                done);
    }
}
