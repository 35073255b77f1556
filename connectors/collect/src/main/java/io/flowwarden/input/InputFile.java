package io.flowwarden.input;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawSink;
import java.io.IOException;
import java.util.HexFormat;

/** One file: finds out its format and reads it. */
final class InputFile {
    private final String name;
    private final ByteSource in;
    private final InputFormat stated;
    private final String exporter;
    private final RawSink out;
    private final ReadTally tally;
    private final boolean found;

    /**
     * @param stated format that {@code --format} gives, or null
     * @param found whether a directory brought it up: then an unknown format is no error
     */
    InputFile(
            String name,
            ByteSource in,
            InputFormat stated,
            String exporter,
            RawSink out,
            ReadTally tally,
            boolean found) {
        this.name = name;
        this.in = in;
        this.stated = stated;
        this.exporter = exporter;
        this.out = out;
        this.tally = tally;
        this.found = found;
    }

    void read() throws IOException {
        InputFormat format = stated == null ? recognised() : stated;
        if (in.damage() != null && in.available() == 0) {
            throw in.damage();
        }
        if (format == null) {
            unknown();
            return;
        }
        switch (format) {
            case PCAP -> capture();
            case NETFLOW -> datagrams();
            case SFLOW -> sflow();
            case AWS -> log();
            case AZURE -> json(RawFormat.AZURE);
            case GCP -> json(RawFormat.GCP);
        }
    }

    private InputFormat recognised() {
        if (Pcap.startsAt(in) || Pcapng.startsAt(in)) {
            return InputFormat.PCAP;
        }
        if (BareDatagrams.startsAt(in)) {
            return InputFormat.NETFLOW;
        }
        if (SflowDatagrams.startsAt(in)) {
            return InputFormat.SFLOW;
        }
        String head = CloudWatchEnvelope.head(in);
        if (JsonLog.isAzure(head)) {
            return InputFormat.AZURE;
        }
        if (JsonLog.isGcp(head)) {
            return InputFormat.GCP;
        }
        if (ParquetLog.startsAt(in) || AwsLog.startsAt(in) || CloudWatchEnvelope.startsAt(in)) {
            return InputFormat.AWS;
        }
        return null;
    }

    private void capture() throws IOException {
        var exports = new ExportCapture(name, out, tally);
        var packets = new IpPackets(exports, tally);
        try {
            if (Pcap.startsAt(in)) {
                Pcap.read(in, packets);
            } else if (Pcapng.startsAt(in)) {
                Pcapng.read(in, packets);
            } else {
                throw DamagedInput.at(0, "no pcap or pcapng: " + firstBytes());
            }
        } finally {
            packets.finish();
        }
        if (exports.found() == 0) {
            throw new DamagedInput(
                    "whole file", "a capture without NetFlow, IPFIX or sFlow datagrams");
        }
    }

    private void datagrams() throws IOException {
        if (!BareDatagrams.startsAt(in)) {
            throw DamagedInput.at(0, "no NetFlow v5, v9 or IPFIX header: " + firstBytes());
        }
        BareDatagrams.read(in, name, exporter, out);
    }

    private void sflow() throws IOException {
        if (!SflowDatagrams.startsAt(in)) {
            throw DamagedInput.at(0, "no sFlow v5 header: " + firstBytes());
        }
        SflowDatagrams.read(in, name, exporter, out);
    }

    private void log() throws IOException {
        if (in.fill(1) == 0) {
            throw DamagedInput.at(0, "is empty");
        }
        var chunks = new LogChunks(name, out);
        if (ParquetLog.startsAt(in)) {
            ParquetReader reader =
                    ParquetLog.reader().orElseThrow(() -> DamagedInput.at(0, ParquetLog.NO_READER));
            ParquetLog.read(in, reader, chunks);
        } else if (CloudWatchEnvelope.isJson(CloudWatchEnvelope.head(in))) {
            CloudWatchEnvelope.read(in, chunks);
        } else {
            AwsLog.read(in, chunks);
        }
        if (chunks.rows() == 0) {
            tally.idleLog();
        }
    }

    private void json(RawFormat format) throws IOException {
        if (in.fill(1) == 0) {
            throw DamagedInput.at(0, "is empty");
        }
        var log = new JsonLog(name, format, (raw, next) -> out.accept(raw));
        if (!log.read(in, 0)) {
            throw DamagedInput.at(in.offset(), "the last record is cut");
        }
        if (log.records() == 0) {
            tally.idleLog();
        }
    }

    private void unknown() throws DamagedInput {
        if (found) {
            tally.unknownFile(name);
            return;
        }
        throw DamagedInput.at(0, in.fill(1) == 0 ? "is empty" : reason());
    }

    private String reason() {
        return "is no pcap, pcapng, NetFlow, IPFIX, sFlow, AWS, Azure or GCP flow log: "
                + firstBytes();
    }

    private String firstBytes() {
        int length = in.fill(8);
        return "it starts with "
                + HexFormat.ofDelimiter(" ").formatHex(in.copy(0, length))
                + (length == 0 ? "nothing" : "");
    }
}
