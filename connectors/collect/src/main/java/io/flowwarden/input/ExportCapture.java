package io.flowwarden.input;

import io.flowwarden.net.Address;
import io.flowwarden.raw.Datagrams;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import io.flowwarden.raw.Sflow;
import io.flowwarden.raw.SourceIds;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Picks the export datagrams out of a capture's UDP traffic. */
final class ExportCapture implements UdpSink {
    /** Ports on which collectors usually listen: whatever has the version word there is export. */
    private static final Set<Integer> COLLECTOR_PORTS =
            Set.of(2055, 4739, 9555, 9995, 9996, 9025, 9026);

    /** Senders beyond this many are recognised datagram by datagram. */
    private static final int MAX_EXPORTERS = 10_000;

    private record Sender(long hi, long lo, int port) {}

    private final String input;
    private final RawSink out;
    private final ReadTally tally;
    private final Set<Sender> exporters = new HashSet<>();
    private long found;

    ExportCapture(String input, RawSink out, ReadTally tally) {
        this.input = input;
        this.out = out;
        this.tally = tally;
    }

    @Override
    public void datagram(
            long hi, long lo, int port, long millis, byte[] bytes, int offset, int length)
            throws IOException {
        byte[] value = Arrays.copyOfRange(bytes, offset, offset + length);
        boolean sflow = Sflow.startsAt(value, 0, length);
        if (!sflow && !isExport(new Sender(hi, lo, port), value)) {
            tally.skip(SkipReason.NOT_EXPORT);
            return;
        }
        found++;
        String exporter = Address.text(hi, lo);
        long time = millis == PacketSink.NO_TIME ? Datagrams.exportMillis(value) : millis;
        out.accept(
                new RawRecord(
                        sflow ? SourceIds.sflow(value) : SourceIds.netflow(exporter, value),
                        sflow ? RawFormat.SFLOW : RawFormat.NETFLOW,
                        time,
                        exporter,
                        null,
                        null,
                        input,
                        false,
                        value));
    }

    long found() {
        return found;
    }

    private boolean isExport(Sender sender, byte[] datagram) {
        if (Datagrams.plausible(datagram)) {
            if (exporters.size() < MAX_EXPORTERS) {
                exporters.add(sender);
            }
            return true;
        }
        // A damaged datagram of a known exporter is for the decoder to refuse, with its reason.
        return Datagrams.version(datagram) != 0
                && (COLLECTOR_PORTS.contains(sender.port()) || exporters.contains(sender));
    }
}
