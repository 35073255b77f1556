package io.flowwarden.udp;

import io.flowwarden.raw.Datagrams;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.Sflow;
import io.flowwarden.raw.SourceIds;

/** What a datagram is, by what is in it: exporters of any kind may share a port. */
final class Content {
    private Content() {}

    /**
     * @return the format, or null for anything that no exporter sends
     */
    static RawFormat format(byte[] datagram) {
        if (Datagrams.version(datagram) != 0) {
            return RawFormat.NETFLOW;
        }
        return Sflow.startsAt(datagram, 0, datagram.length) ? RawFormat.SFLOW : null;
    }

    static String source(Datagram datagram) {
        return datagram.format() == RawFormat.SFLOW
                ? SourceIds.sflow(datagram.bytes())
                : SourceIds.netflow(datagram.exporter(), datagram.bytes());
    }
}
