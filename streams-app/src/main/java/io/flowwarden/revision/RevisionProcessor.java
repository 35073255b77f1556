package io.flowwarden.revision;

import io.flowwarden.catalog.Revision;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a compacted topic in a global store and hands its content on whenever a revision record
 * says that it is complete. It runs the same way while the topic is re-read at start as later, so
 * the last complete revision is in use before the first raw record is.
 *
 * <p>It never throws: a global processor has nobody behind it who would set a bad record aside, and
 * would meet the same record again after every restart.
 */
final class RevisionProcessor<T extends SpecificRecord>
        implements Processor<String, byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionProcessor.class);

    private final String topic;
    private final String storeName;
    private final Deserializer<T> values;
    private final Revised<T> revised;
    private KeyValueStore<String, byte[]> store;

    RevisionProcessor(String topic, String storeName, Deserializer<T> values, Revised<T> revised) {
        this.topic = topic;
        this.storeName = storeName;
        this.values = values;
        this.revised = revised;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() == null) {
            revised.refuse("a record without a key");
        } else if (!record.key().equals(RevisionRecord.KEY)) {
            store.put(record.key(), record.value());
        } else if (record.value() != null) {
            RevisionRecord.read(record.headers())
                    .ifPresentOrElse(
                            this::settle,
                            () -> revised.refuse("a revision record without count and hash"));
        }
    }

    private void settle(Revision stated) {
        try {
            Map<String, T> entries = entries();
            Revision found = Revision.of(entries.values());
            if (found.equals(stated)) {
                revised.accept(entries, stated);
            } else {
                // Usual while a compacted topic is re-read: the entries of an old revision are
                // partly those of a later one already.
                LOG.debug("{}: revision {} is not what was read, {}", topic, stated, found);
                revised.refuse("revision " + stated.hash() + " is not what was read");
            }
        } catch (RuntimeException unusable) {
            LOG.error("{}: revision {} cannot be used", topic, stated.hash(), unusable);
            revised.refuse("revision " + stated.hash() + ": " + unusable.getMessage());
        }
    }

    private Map<String, T> entries() {
        var entries = new TreeMap<String, T>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(
                    entry -> entries.put(entry.key, values.deserialize(topic, entry.value)));
        }
        return entries;
    }
}
