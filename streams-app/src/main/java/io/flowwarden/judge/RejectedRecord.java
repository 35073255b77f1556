package io.flowwarden.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.raw.RawHeaders;
import java.util.Arrays;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What the topic {@code rejected} gets of a raw record: its beginning, and in headers why and from
 * where. Everything in it is cut to a bound, since a record too large for the broker would be
 * refused again after every restart.
 */
public final class RejectedRecord {
    public static final String REASON = "fw.reason";
    public static final String DETAIL = "fw.detail";

    /** Where in the raw record, of which the rest was used; absent where nothing was. */
    public static final String PART = "fw.part";

    public static final String TOPIC = "fw.topic";
    public static final String PARTITION = "fw.partition";
    public static final String OFFSET = "fw.offset";

    static final int MAX_VALUE = 64 << 10;
    static final int MAX_TEXT = 1 << 10;

    private static final Set<String> KEPT =
            Set.of(
                    RawHeaders.FORMAT,
                    RawHeaders.RECEIVED_AT,
                    RawHeaders.EXPORTER,
                    RawHeaders.CHUNK,
                    RawHeaders.FIELDS,
                    RawHeaders.INPUT);

    private RejectedRecord() {}

    static Record<Object, Object> of(
            Record<byte[], byte[]> raw,
            RecordMetadata origin,
            String reason,
            String detail,
            long producedAt) {
        Headers headers = new RecordHeaders();
        for (Header header : raw.headers()) {
            if (KEPT.contains(header.key())) {
                headers.add(header.key(), cut(header.value(), MAX_TEXT));
            }
        }
        add(headers, REASON, reason);
        add(headers, DETAIL, detail == null ? "" : detail);
        add(headers, TOPIC, origin.topic());
        add(headers, PARTITION, Integer.toString(origin.partition()));
        add(headers, OFFSET, Long.toString(origin.offset()));
        return new Record<>(
                cut(raw.key(), MAX_TEXT), cut(raw.value(), MAX_VALUE), producedAt, headers);
    }

    /** A part of a raw record that was decoded otherwise. */
    static Record<Object, Object> part(
            Record<byte[], byte[]> raw,
            RecordMetadata origin,
            DecodeReport.Part part,
            long producedAt) {
        Record<Object, Object> rejected =
                of(raw, origin, part.reason().name(), part.detail(), producedAt);
        add(rejected.headers(), PART, Integer.toString(part.at()));
        return rejected;
    }

    private static void add(Headers headers, String key, String text) {
        headers.add(key, cut(text.getBytes(UTF_8), MAX_TEXT));
    }

    private static byte[] cut(byte[] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }
}
