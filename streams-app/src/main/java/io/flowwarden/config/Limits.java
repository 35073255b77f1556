package io.flowwarden.config;

/** What bounds memory and patience. */
public record Limits(
        @Key(
                        name = "limits.threads",
                        byDefault = "1",
                        doc =
                                "Threads that judge. One does some million flows a second; the broker needs cores, too.")
                int threads,
        @Key(
                        name = "limits.store-cache",
                        byDefault = "64MiB",
                        doc =
                                "Heap that holds changed state between commits, all threads together.")
                ByteSize storeCache,
        @Key(
                        name = "limits.rocksdb-memory",
                        byDefault = "256MiB",
                        doc =
                                "Memory outside the heap that all RocksDB stores share for blocks and write buffers.")
                ByteSize rocksdbMemory,
        @Key(
                        name = "limits.write-buffer",
                        byDefault = "16MiB",
                        doc = "Write buffer of one RocksDB store.")
                ByteSize writeBuffer,
        @Key(
                        name = "limits.thread-restarts",
                        byDefault = "10",
                        doc =
                                "How many failed threads are replaced within an hour before the process gives up.")
                int threadRestarts) {
    public static final Limits DEFAULTS =
            new Limits(
                    1, ByteSize.mebibytes(64), ByteSize.mebibytes(256), ByteSize.mebibytes(16), 10);

    public Limits {
        if (threads < 1 || threads > 1_000) {
            throw new IllegalArgumentException("limits.threads must be 1 to 1000");
        }
        if (threadRestarts < 0) {
            throw new IllegalArgumentException("limits.thread-restarts must not be negative");
        }
    }
}
