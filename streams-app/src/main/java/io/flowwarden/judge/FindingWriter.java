package io.flowwarden.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.RecordEncoder;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Writes findings with their place in the order of all: tick time, raw partition, raw offset and
 * number. Tick time is that of the last tick before the raw record; a source topic without ticks
 * has the receive times instead, which is a weaker order.
 */
final class FindingWriter {
    /** Findings of one detector for one raw record; more than any has. */
    private static final int MOST = 1 << 24;

    private final ProcessorContext<byte[], byte[]> context;
    private final RecordEncoder<Finding> encoder;
    private final int rank;

    private long tick;
    private long arrival;
    private RecordMetadata origin;
    private int number;

    FindingWriter(
            ProcessorContext<byte[], byte[]> context,
            RecordEncoder<Finding> encoder,
            JudgeStore store,
            int rank) {
        this.context = context;
        this.encoder = encoder;
        this.rank = rank;
        // The store has the last tick before a restart: the order may not depend on that.
        tick = store.tick();
    }

    /** A raw record, or a tick, is being looked at. */
    void begin(RawRecord raw) {
        origin = context.recordMetadata().orElseThrow();
        number = 0;
        if (raw.format() == RawFormat.TICK) {
            tick = Math.max(tick, raw.receivedAt());
        }
        arrival = tick == JudgeStore.NO_TICK ? raw.receivedAt() : tick;
    }

    void write(
            String key,
            String source,
            long at,
            Object body,
            String estate,
            String catalog,
            long producedAt) {
        var finding =
                new Finding(
                        arrival,
                        origin.partition(),
                        origin.offset(),
                        rank * MOST + number++,
                        source,
                        at,
                        estate,
                        catalog,
                        body);
        context.forward(new Record<>(key.getBytes(UTF_8), encoder.encode(finding), producedAt));
    }
}
