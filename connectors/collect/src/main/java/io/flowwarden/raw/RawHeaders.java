package io.flowwarden.raw;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The one codec between a {@link RawRecord} and a Kafka record of the raw topic. Every header is
 * UTF-8 text, numbers in decimal, so that any producer can write them and {@code kcat} shows them.
 */
public final class RawHeaders {
    public static final String FORMAT = "fw.format";

    /** Epoch ms; without it the record's own timestamp counts. */
    public static final String RECEIVED_AT = "fw.received-at";

    public static final String EXPORTER = "fw.exporter";
    public static final String CHUNK = "fw.chunk";
    public static final String FIELDS = "fw.fields";
    public static final String INPUT = "fw.input";

    /** {@code 1} on the last tick. */
    public static final String FINAL = "fw.final";

    private RawHeaders() {}

    /** Headers of a raw record; absent parts get none. */
    public static List<Header> write(RawRecord raw) {
        var headers = new ArrayList<Header>(5);
        add(headers, FORMAT, raw.format().text());
        add(headers, RECEIVED_AT, Long.toString(raw.receivedAt()));
        add(headers, EXPORTER, raw.exporter());
        add(headers, CHUNK, raw.chunk());
        add(headers, FIELDS, raw.fields());
        add(headers, INPUT, raw.input());
        add(headers, FINAL, raw.last() ? "1" : null);
        return headers;
    }

    /**
     * @param key source id
     * @param value undecoded bytes
     * @param otherwise format of a record that names none, or null if it must
     * @param timestamp Kafka timestamp of the record, epoch ms
     * @throws MalformedRawRecord if the record does not say what it is
     */
    public static RawRecord read(
            byte[] key, byte[] value, Headers headers, RawFormat otherwise, long timestamp)
            throws MalformedRawRecord {
        RawFormat format = otherwise;
        long receivedAt = timestamp;
        String exporter = null;
        String chunk = null;
        String fields = null;
        String input = null;
        boolean last = false;
        for (Header header : headers) {
            switch (header.key()) {
                case FORMAT -> format = format(text(header));
                case RECEIVED_AT -> receivedAt = millis(text(header));
                case EXPORTER -> exporter = text(header);
                case CHUNK -> chunk = text(header);
                case FIELDS -> fields = text(header);
                case INPUT -> input = text(header);
                case FINAL -> last = "1".equals(text(header));
                default -> {
                    // Headers of other tools ride along.
                }
            }
        }
        if (format == null) {
            throw new MalformedRawRecord("header " + FORMAT + " is missing");
        }
        if (key == null && format != RawFormat.TICK) {
            throw new MalformedRawRecord("the key, which names the source, is missing");
        }
        return new RawRecord(
                key == null ? "" : new String(key, UTF_8),
                format,
                receivedAt,
                exporter,
                chunk,
                fields,
                input,
                last,
                value == null ? EMPTY : value);
    }

    private static final byte[] EMPTY = {};

    private static RawFormat format(String text) throws MalformedRawRecord {
        for (RawFormat format : FORMATS) {
            if (format.text().equals(text)) {
                return format;
            }
        }
        throw new MalformedRawRecord("header " + FORMAT + " was '" + text + "'");
    }

    private static final RawFormat[] FORMATS = RawFormat.values();

    private static long millis(String text) throws MalformedRawRecord {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notDecimal) {
            throw new MalformedRawRecord(
                    "header " + RECEIVED_AT + " was '" + text + "', not epoch milliseconds");
        }
    }

    private static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private static void add(List<Header> headers, String key, String value) {
        if (value != null) {
            headers.add(new RecordHeader(key, value.getBytes(UTF_8)));
        }
    }
}
