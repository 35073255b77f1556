package io.flowwarden.revision;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** A compacted topic whose entries count only together. */
public final class RevisionedTopic {
    private RevisionedTopic() {}

    /**
     * Adds the topic to a topology: source, global RocksDB store and the processor that fills it.
     *
     * @param kind names the nodes and the store
     * @param topic full name
     * @param revised told about every complete revision, on the global thread
     */
    public static <T extends SpecificRecord> void addTo(
            Topology topology, String kind, String topic, Serde<T> values, Revised<T> revised) {
        String store = kind + "-store";
        topology.addGlobalStore(
                // Without caching: it is written by one slow topic and read only as a whole.
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(store),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withLoggingDisabled(),
                kind + "-source",
                new StringDeserializer(),
                Serdes.ByteArray().deserializer(),
                topic,
                kind + "-revision",
                () -> new RevisionProcessor<>(topic, store, values.deserializer(), revised));
    }
}
