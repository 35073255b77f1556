package io.flowwarden.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One socket and the thread that empties it. */
final class ListeningSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ListeningSocket.class);
    private static final int LARGEST_DATAGRAM = 0xffff;
    private static final long AFTER_ERROR_NANOS = 1_000_000;

    private final DatagramChannel channel;
    private final Gate gate;
    private final InstantSource clock;
    private final InetSocketAddress address;
    private final int grantedBuffer;
    private final Thread thread;

    private ListeningSocket(DatagramChannel channel, Gate gate, InstantSource clock)
            throws IOException {
        this.channel = channel;
        this.gate = gate;
        this.clock = clock;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.grantedBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        this.thread = new Thread(this::receive, "udp-" + address);
        thread.setDaemon(true);
    }

    /**
     * Binds; {@link #start} begins to receive.
     *
     * @param shared whether other sockets bind the same port
     */
    static ListeningSocket bind(
            InetSocketAddress listen, boolean shared, int buffer, Gate gate, InstantSource clock)
            throws IOException {
        DatagramChannel channel =
                DatagramChannel.open(
                        listen.getAddress() instanceof Inet4Address
                                ? StandardProtocolFamily.INET
                                : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, buffer);
            if (shared) {
                // Only then: another process of this user could otherwise take a share unnoticed.
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(listen);
            return new ListeningSocket(channel, gate, clock);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw new IOException(
                    "cannot listen on udp " + text(listen) + ": " + failed.getMessage(), failed);
        }
    }

    private static String text(InetSocketAddress address) {
        // Without the slash and, of an address given by name, the name before it.
        return address.toString().replaceFirst("^.*/", "");
    }

    void start() {
        thread.start();
    }

    InetSocketAddress address() {
        return address;
    }

    int grantedBuffer() {
        return grantedBuffer;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", thread.getName(), e.toString());
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        long failures = 0;
        while (channel.isOpen()) {
            try {
                buffer.clear();
                var from = (InetSocketAddress) channel.receive(buffer);
                if (from != null) {
                    buffer.flip();
                    gate.enter(from.getAddress(), buffer, clock.millis());
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                // ICMP errors of earlier answers and the like; the socket goes on.
                if (Long.bitCount(++failures) == 1) {
                    LOG.warn("{}: {} ({} so far)", thread.getName(), e.toString(), failures);
                }
                LockSupport.parkNanos(AFTER_ERROR_NANOS);
            }
        }
    }
}
