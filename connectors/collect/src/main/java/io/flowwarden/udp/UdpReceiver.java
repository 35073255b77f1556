package io.flowwarden.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes datagrams off its sockets as fast as they come and hands them over through a bounded queue.
 * Whoever is slow costs datagrams, which are counted, never memory.
 */
public final class UdpReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UdpReceiver.class);

    private final List<ListeningSocket> sockets;
    private final HandOff handOff;
    private final Tally tally;
    private final KernelDrops kernelDrops;
    private volatile OptionalLong lastKernelDrops = OptionalLong.empty();

    private UdpReceiver(List<ListeningSocket> sockets, HandOff handOff, Tally tally) {
        this.sockets = sockets;
        this.handOff = handOff;
        this.tally = tally;
        this.kernelDrops =
                KernelDrops.of(
                        sockets.stream()
                                .map(socket -> socket.address().getPort())
                                .collect(Collectors.toSet()));
    }

    /**
     * Warms the path up, binds and starts receiving.
     *
     * @param clock gives the receive times
     * @throws IOException if an address cannot be bound; then none is
     */
    public static UdpReceiver open(UdpSettings settings, InstantSource clock) throws IOException {
        WarmUp.once(clock);
        UdpReceiver receiver = openCold(settings, clock);
        receiver.warnOfSmallBuffer(settings.buffer());
        return receiver;
    }

    static UdpReceiver openCold(UdpSettings settings, InstantSource clock) throws IOException {
        var tally = new Tally();
        var handOff = new HandOff(settings.queue());
        var exporters = new Exporters(settings.allow(), settings.rate(), settings.exporters());
        var gate = new Gate(exporters, handOff, tally);
        var sockets = new ArrayList<ListeningSocket>();
        try {
            for (InetSocketAddress listen : settings.listen()) {
                InetSocketAddress address = listen;
                for (int i = 0; i < settings.sockets(); i++) {
                    var socket =
                            ListeningSocket.bind(
                                    address,
                                    settings.sockets() > 1,
                                    settings.buffer(),
                                    gate,
                                    clock);
                    sockets.add(socket);
                    // Of port 0 the first socket learns which it is; the others join it there.
                    address = socket.address();
                }
            }
        } catch (IOException failed) {
            for (ListeningSocket socket : sockets) {
                socket.close();
            }
            throw failed;
        }
        sockets.forEach(ListeningSocket::start);
        return new UdpReceiver(List.copyOf(sockets), handOff, tally);
    }

    /** The first address that was bound. */
    public InetSocketAddress address() {
        return sockets.get(0).address();
    }

    /** What was bound, each address once. */
    public Set<InetSocketAddress> addresses() {
        return sockets.stream().map(ListeningSocket::address).collect(Collectors.toSet());
    }

    /** Bytes of kernel buffer of each socket; the system may grant less than was asked for. */
    public int grantedBuffer() {
        return sockets.stream().mapToInt(ListeningSocket::grantedBuffer).min().orElse(0);
    }

    /** Datagrams received that nobody has taken yet. */
    public int waiting() {
        return handOff.waiting();
    }

    /** What became of the datagrams so far. */
    public UdpCounts counts() {
        OptionalLong lost = kernelDrops.count();
        if (lost.isPresent()) {
            lastKernelDrops = lost;
        }
        return tally.counts(lastKernelDrops);
    }

    /**
     * Waits for datagrams and takes what is there.
     *
     * @return how many were added to the batch; fewer than {@code most} if nothing more waits
     */
    int take(List<Datagram> batch, int most, long millis) throws InterruptedException {
        return handOff.take(batch, most, millis);
    }

    /** Stops receiving; what waits can still be taken. */
    @Override
    public void close() {
        counts();
        for (ListeningSocket socket : sockets) {
            socket.close();
        }
    }

    private void warnOfSmallBuffer(int asked) {
        int granted = grantedBuffer();
        if (granted < asked) {
            LOG.warn(
                    "udp {}: the system grants a receive buffer of {} bytes where {} were asked for;"
                            + " bursts will be lost. Raise it: sysctl -w net.core.rmem_max={}",
                    addresses(),
                    granted,
                    asked,
                    asked);
        }
    }
}
