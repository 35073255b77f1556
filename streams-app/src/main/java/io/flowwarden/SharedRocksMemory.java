package io.flowwarden;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one bound on write buffers for all stores of the process. Kafka Streams gives
 * each store of each partition its own by default, 50 MiB of blocks and three write buffers of 16
 * MiB, so memory would grow with the partitions.
 */
public final class SharedRocksMemory implements RocksDBConfigSetter {
    static final String TOTAL = "flowwarden.rocksdb.memory";
    static final String WRITE_BUFFER = "flowwarden.rocksdb.write.buffer";

    /** Of the total, what unflushed writes may take before the oldest of them are flushed. */
    private static final int WRITE_SHARE = 2;

    private static Cache cache;
    private static WriteBufferManager writes;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        share(Long.parseLong(settings.get(TOTAL).toString()));
        // The table settings that Streams made: with new ones it does not open the store.
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(writes);
        options.setWriteBufferSize(Long.parseLong(settings.get(WRITE_BUFFER).toString()));
        options.setMaxWriteBufferNumber(3);
    }

    /** The shared parts stay: other stores use them. */
    @Override
    public void close(String store, Options options) {}

    /** The first store of the process decides the size. */
    private static synchronized void share(long total) {
        if (cache == null) {
            // Write buffers are charged to the cache, so the total bounds both. Not strict: a read
            // that finds the cache full of pinned blocks would fail, and with it the task.
            cache = new LRUCache(total);
            writes = new WriteBufferManager(total / WRITE_SHARE, cache);
        }
    }
}
