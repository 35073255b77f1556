package io.flowwarden.connect.udp;

import io.flowwarden.connect.RawSourceRecord;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/** Records without offsets: a datagram cannot be read again. */
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
        return RawSourceRecord.of(raw, topic, partition, null, null);
    }
}
