package io.flowwarden.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Raw records as Connect sees them. Key and value are bytes for {@code ByteArrayConverter}; headers
 * are strings, which {@code SimpleHeaderConverter}, the default, writes as the text that they are
 * (bytes it would write in base64). There is no timestamp: Kafka's is produce time, always.
 */
public final class RawSourceRecord {
    private RawSourceRecord() {}

    /**
     * @param kafkaPartition where it goes, or null for that of its key
     * @param source what Connect keeps the offset for, or null for no offset
     * @param offset where to go on behind this record, or null
     */
    public static SourceRecord of(
            RawRecord raw,
            String topic,
            Integer kafkaPartition,
            Map<String, ?> source,
            Map<String, ?> offset) {
        var headers = new ConnectHeaders();
        for (Header header : RawHeaders.write(raw)) {
            headers.addString(header.key(), new String(header.value(), UTF_8));
        }
        return new SourceRecord(
                source,
                offset,
                topic,
                kafkaPartition,
                Schema.BYTES_SCHEMA,
                raw.source().getBytes(UTF_8),
                Schema.BYTES_SCHEMA,
                raw.value(),
                null,
                headers);
    }
}
