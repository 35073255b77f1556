package io.flowwarden.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Identity of a catalog or an estate by what it says: the same entries have the same revision, in
 * whatever order they were written, published or read back.
 *
 * @param count number of entries
 * @param hash 16 hexadecimal digits
 */
public record Revision(int count, String hash) {
    public static Revision of(Collection<? extends IndexedRecord> entries) {
        // A sum of digests does not care for order, and unlike XOR it does not forget pairs.
        long sum = 0;
        for (IndexedRecord entry : entries) {
            MessageDigest digest = sha256();
            add(digest, entry);
            sum += ByteBuffer.wrap(digest.digest()).getLong();
        }
        return new Revision(entries.size(), HexFormat.of().toHexDigits(sum));
    }

    /** Not Avro's own encoding: that of a map has no fixed order. */
    private static void add(MessageDigest digest, Object value) {
        if (value instanceof IndexedRecord nested) {
            digest.update((byte) 'R');
            add(digest, nested.getSchema().getFullName());
            for (Schema.Field field : nested.getSchema().getFields()) {
                add(digest, nested.get(field.pos()));
            }
        } else if (value instanceof List<?> list) {
            sized(digest, 'L', list.size());
            list.forEach(item -> add(digest, item));
        } else if (value instanceof Map<?, ?> map) {
            sized(digest, 'M', map.size());
            var sorted = new TreeMap<String, Object>();
            map.forEach((key, item) -> sorted.put(key.toString(), item));
            sorted.forEach(
                    (key, item) -> {
                        add(digest, key);
                        add(digest, item);
                    });
        } else {
            byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
            sized(digest, value == null ? 'N' : 'S', text.length);
            digest.update(text);
        }
    }

    private static void sized(MessageDigest digest, char kind, int size) {
        digest.update((byte) kind);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(size).array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
