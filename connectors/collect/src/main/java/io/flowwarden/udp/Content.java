package io.flowwarden.udp;

import io.flowwarden.raw.Datagrams;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.SourceIds;

/** What a datagram is, by what is in it: exporters of any kind may share a port. */
final class Content {
    private Content() {}

    /**
     * @return the format, or null for anything that no exporter sends
     */
    static RawFormat format(byte[] datagram) {
        return Datagrams.version(datagram) == 0 ? null : RawFormat.NETFLOW;
    }

    static String source(Datagram datagram) {
        return SourceIds.netflow(datagram.exporter(), datagram.bytes());
    }
}
