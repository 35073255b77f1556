package io.flowwarden.bench;

import io.flowwarden.StreamsSettings;
import io.flowwarden.config.Config;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** The baseline: the same settings and guarantee, and nothing done to the records. */
final class CopyApp implements AutoCloseable {
    private final AtomicLong copied = new AtomicLong();
    private final KafkaStreams streams;

    CopyApp(Config config, String raw, String copy) {
        var topology = new Topology();
        topology.addSource(
                        AutoOffsetReset.earliest(),
                        "raw",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        raw)
                .addProcessor("count", () -> new Count(copied), "raw")
                .addSink(
                        "copy",
                        copy,
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        "count");
        streams = new KafkaStreams(topology, StreamsSettings.of(config, "copy"));
    }

    void start() {
        streams.start();
    }

    long copied() {
        return copied.get();
    }

    @Override
    public void close() {
        streams.close();
    }

    private static final class Count extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final AtomicLong count;

        Count(AtomicLong count) {
            this.count = count;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            context().forward(record);
            count.incrementAndGet();
        }
    }
}
