package io.flowwarden.config;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.judge.Admission;
import io.flowwarden.net.Prefix;
import io.flowwarden.witness.WitnessLimits;
import java.time.Duration;
import java.util.List;

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
                int threadRestarts,
        @Key(
                        name = "limits.exporters",
                        byDefault = "any",
                        doc =
                                "Addresses and prefixes whose datagrams are judged, a list or with commas"
                                        + " between, or `any`. Others go to `rejected` as UNLISTED_EXPORTER.")
                List<Prefix> exporters,
        @Key(
                        name = "limits.sources",
                        byDefault = "10000",
                        doc =
                                "Sources (exporter and domain, or flow log) of one partition whose state is"
                                        + " kept. For one more, the one not heard of longest is forgotten.")
                int sources,
        @Key(
                        name = "limits.templates",
                        byDefault = "512",
                        doc =
                                "Templates of one source, 16 fields each on average. For one more, the one"
                                        + " defined longest ago goes.")
                int templates,
        @Key(
                        name = "limits.template-fields",
                        byDefault = "1024",
                        doc = "Fields of one template; one with more is refused.")
                int templateFields,
        @Key(
                        name = "limits.flows-per-datagram",
                        byDefault = "4096",
                        doc = "Records that are read of one datagram; the rest is set aside.")
                int flowsPerDatagram,
        @Key(
                        name = "limits.silence",
                        byDefault = "60s",
                        doc =
                                "Least time in which an exporter of datagrams sends nothing before it is"
                                        + " lost; three times its usual pause, if that is more.")
                Duration silence,
        @Key(
                        name = "limits.collector-gap",
                        byDefault = "5s",
                        doc = "Time without a tick after which a collector was down.")
                Duration collectorGap,
        @Key(
                        name = "limits.telemetry-patience",
                        byDefault = "10m",
                        doc =
                                "How long a source sends what no template describes before it is called"
                                        + " unreadable, and how long a clock must be right before it is"
                                        + " believed again.")
                Duration telemetryPatience,
        @Key(
                        name = "limits.link-members",
                        byDefault = "1000000",
                        doc =
                                "Members of links, of one partition and all its sources together, whose"
                                        + " last sighting is kept. For more, those seen longest ago are"
                                        + " forgotten.")
                int linkMembers) {
    public static final Limits DEFAULTS =
            new Limits(
                    1,
                    ByteSize.mebibytes(64),
                    ByteSize.mebibytes(256),
                    ByteSize.mebibytes(16),
                    10,
                    Admission.DEFAULTS.exporters(),
                    Admission.DEFAULTS.sources(),
                    DecodeLimits.DEFAULTS.templates(),
                    DecodeLimits.DEFAULTS.templateFields(),
                    DecodeLimits.DEFAULTS.flowsPerDatagram(),
                    WitnessLimits.DEFAULTS.silence(),
                    WitnessLimits.DEFAULTS.collectorGap(),
                    WitnessLimits.DEFAULTS.doubt(),
                    WitnessLimits.DEFAULTS.members());

    public Limits {
        exporters = List.copyOf(exporters);
        if (threads < 1 || threads > 1_000) {
            throw new IllegalArgumentException("limits.threads must be 1 to 1000");
        }
        if (threadRestarts < 0) {
            throw new IllegalArgumentException("limits.thread-restarts must not be negative");
        }
    }

    /** What bounds the patience of the witness. */
    public WitnessLimits witness() {
        return new WitnessLimits(silence, collectorGap, telemetryPatience, linkMembers);
    }

    /** What bounds the input. */
    public Admission admission() {
        return new Admission(
                exporters, sources, new DecodeLimits(templates, templateFields, flowsPerDatagram));
    }
}
