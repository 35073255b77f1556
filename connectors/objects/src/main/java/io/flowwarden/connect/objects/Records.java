package io.flowwarden.connect.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Raw records as Connect wants them: key and value are bytes (the connector needs {@code
 * ByteArrayConverter} for both), headers are text, which Connect's own header converter writes as
 * it is.
 */
final class Records {
    private final String topic;

    Records(String topic) {
        this.topic = topic;
    }

    /**
     * @param kafkaPartition where it goes, or null for that of its key
     * @param completeUntil epoch ms, or 0 where that is not known
     * @param partition of the offset
     */
    SourceRecord of(
            RawRecord raw,
            Integer kafkaPartition,
            long completeUntil,
            Map<String, ?> partition,
            Map<String, ?> offset) {
        var headers = new ConnectHeaders();
        for (Header header : RawHeaders.write(raw)) {
            headers.addString(header.key(), new String(header.value(), UTF_8));
        }
        if (completeUntil > 0) {
            headers.addString("fw.complete-until", Long.toString(completeUntil));
        }
        // No timestamp: Kafka's is produce time, always.
        return new SourceRecord(
                partition,
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
