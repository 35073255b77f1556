package io.flowwarden.decode.netflow;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.TextCache;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.raw.Bytes;

/** One v9 or IPFIX datagram while it is decoded; one instance is reused. */
final class Message {
    final DecodeLimits limits;
    final TextCache texts = new TextCache();

    byte[] bytes;
    int version;
    long domain;

    /** First byte behind the message. */
    int end;

    /** The header says more than there is. */
    boolean truncated;

    /** Header time, epoch ms. */
    long exportMillis;

    /** Uptime of the exporter at {@link #exportMillis}, ms modulo 2^32, where known. */
    int uptime;

    boolean uptimeKnown;
    int recordsLeft;
    int definitionsLeft;
    SourceTemplates templates;
    FlowBatch batch;
    DecodeReport report;

    Message(DecodeLimits limits) {
        this.limits = limits;
    }

    void begin(byte[] of, SourceTemplates known, FlowBatch flows, DecodeReport answers) {
        bytes = of;
        templates = known;
        batch = flows;
        report = answers;
        recordsLeft = limits.flowsPerDatagram();
        definitionsLeft = limits.templates();
        truncated = false;
        uptimeKnown = false;
        uptime = 0;
    }

    /** Tells the sequence what came; once all sets are read. */
    void sequence(Sequences sequences) {
        boolean whole =
                !truncated
                        && recordsLeft > 0
                        && report.skippedSets() == 0
                        && report.rejectedParts() == 0;
        int records = whole ? limits.flowsPerDatagram() - recordsLeft : Sequence.UNKNOWN;
        boolean v9 = version == 9;
        int number = Bytes.i32(bytes, v9 ? 12 : 8);
        sequences.take(version, number, records, v9, v9 ? uptime : 0, report);
    }

    /**
     * A time in ms of uptime, made absolute. The 32-bit difference is taken as signed, so it holds
     * across the wrap of uptime after 49.7 days, and for a flow stamped slightly after the header.
     */
    long absolute(int millisOfUptime) {
        return exportMillis + (millisOfUptime - uptime);
    }

    /** IPFIX has no uptime in its header; systemInitTimeMilliseconds stands in (RFC 7011 5.1). */
    void systemInit(long epochMillis) {
        uptime = (int) (exportMillis - epochMillis);
        uptimeKnown = true;
    }
}
