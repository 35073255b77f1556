package io.flowwarden.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes datagrams off one socket as fast as they come and hands them over through a bounded queue.
 * Whoever is slow costs datagrams, which are counted, never memory.
 */
public final class UdpReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UdpReceiver.class);
    private static final int LARGEST_DATAGRAM = 0xffff;

    private final DatagramChannel channel;
    private final BlockingQueue<Datagram> queue;
    private final InstantSource clock;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final int grantedBuffer;
    private final Thread thread;

    private UdpReceiver(DatagramChannel channel, int capacity, InstantSource clock)
            throws IOException {
        this.channel = channel;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.clock = clock;
        this.grantedBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        this.thread = new Thread(this::receive, "udp-" + channel.getLocalAddress());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Binds and starts receiving.
     *
     * @param listen address and port, port 0 for a free one
     * @param buffer bytes of kernel buffer to ask for; what was granted is {@link #grantedBuffer}
     * @param capacity datagrams that may wait to be taken
     * @param clock gives the receive times
     * @throws IOException if the address cannot be bound
     */
    public static UdpReceiver open(
            InetSocketAddress listen, int buffer, int capacity, InstantSource clock)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, buffer);
            channel.bind(listen);
            return new UdpReceiver(channel, capacity, clock);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** Bytes of kernel buffer; the system may grant less than was asked for, or count double. */
    public int grantedBuffer() {
        return grantedBuffer;
    }

    /** Datagrams taken off the socket. */
    public long received() {
        return received.get();
    }

    /** Datagrams dropped because nobody took them in time. */
    public long dropped() {
        return dropped.get();
    }

    /**
     * Waits for the next datagram.
     *
     * @return it, or null where none came in time
     */
    public Datagram poll(long millis) throws InterruptedException {
        return queue.poll(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                var from = (InetSocketAddress) channel.receive(buffer);
                if (from == null) {
                    continue;
                }
                received.incrementAndGet();
                buffer.flip();
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                if (!queue.offer(new Datagram(from.getAddress(), clock.millis(), bytes))) {
                    dropped.incrementAndGet();
                }
            } catch (AsynchronousCloseException closing) {
                return;
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                // ICMP errors of earlier answers and the like; the socket goes on.
                LOG.warn("{}: {}", thread.getName(), e.toString());
            }
        }
    }
}
