package io.flowwarden.connect.udp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Raw records as Connect sees them. Key and value are bytes for {@code ByteArrayConverter}; headers
 * are strings, which {@code SimpleHeaderConverter}, the default, writes as the text that they are
 * (bytes it would write in base64). There are no offsets: a datagram cannot be read again.
 */
final class Records {
    private final String topic;
    private final int partitions;

    Records(String topic, int partitions) {
        this.topic = topic;
        this.partitions = partitions;
    }

    /**
     * Adds one record, without a partition so that its key decides; or a tick to each partition.
     */
    void add(RawRecord raw, List<SourceRecord> out) {
        if (raw.format() != RawFormat.TICK) {
            out.add(record(raw, null));
            return;
        }
        for (int partition = 0; partition < partitions; partition++) {
            out.add(record(raw, partition));
        }
    }

    private SourceRecord record(RawRecord raw, Integer partition) {
        return new SourceRecord(
                null,
                null,
                topic,
                partition,
                Schema.BYTES_SCHEMA,
                raw.source().getBytes(UTF_8),
                Schema.BYTES_SCHEMA,
                raw.value(),
                null,
                headers(raw));
    }

    private static Headers headers(RawRecord raw) {
        var headers = new ConnectHeaders();
        for (Header header : RawHeaders.write(raw)) {
            String text = new String(header.value(), UTF_8);
            headers.add(header.key(), new SchemaAndValue(Schema.STRING_SCHEMA, text));
        }
        return headers;
    }
}
