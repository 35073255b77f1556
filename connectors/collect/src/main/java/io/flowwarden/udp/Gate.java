package io.flowwarden.udp;

import io.flowwarden.raw.RawFormat;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** What happens to a datagram between the socket and the queue. Every socket's thread uses it. */
final class Gate {
    private final Exporters exporters;
    private final HandOff handOff;
    private final Tally tally;

    Gate(Exporters exporters, HandOff handOff, Tally tally) {
        this.exporters = exporters;
        this.handOff = handOff;
        this.tally = tally;
    }

    /**
     * Hands the datagram over or counts why not.
     *
     * @param now epoch ms
     */
    void enter(InetAddress from, ByteBuffer datagram, long now) {
        tally.received.increment();
        var exporter = exporters.of(from, now);
        if (exporter == null) {
            tally.unlisted.increment();
            return;
        }
        // Before anything is copied: what is beyond the rate shall cost as little as it can.
        if (!exporters.isWithinRate(exporter, now)) {
            tally.limited.increment();
            return;
        }
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        RawFormat format = Content.format(bytes);
        if (format == null) {
            tally.refused.increment();
        } else if (!handOff.offer(new Datagram(exporter.text(), format, now, bytes))) {
            tally.dropped.increment();
        }
    }
}
