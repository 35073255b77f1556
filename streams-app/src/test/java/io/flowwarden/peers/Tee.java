package io.flowwarden.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Hands every datagram that it gets to several collectors, and keeps it. */
final class Tee implements AutoCloseable {
    private static final byte[] END = "no more of them".getBytes(UTF_8);

    private final DatagramChannel in = DatagramChannel.open();
    private final DatagramChannel out = DatagramChannel.open();
    private final List<InetSocketAddress> collectors;
    private final List<byte[]> datagrams = new ArrayList<>();
    private final Thread thread;
    private volatile IOException failure;

    /**
     * @param exporter loopback address that the datagrams go out from
     */
    Tee(String exporter, List<InetSocketAddress> collectors) throws IOException {
        this.collectors = collectors;
        in.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        in.bind(new InetSocketAddress("127.0.0.1", 0));
        out.bind(new InetSocketAddress(exporter, 0));
        thread = new Thread(this::pass, "tee-" + exporter);
        thread.start();
    }

    /** Where the exporter sends to. */
    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) in.getLocalAddress();
    }

    /** As if the exporter had sent it. */
    void send(byte[] datagram) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.send(ByteBuffer.wrap(datagram), address());
        }
    }

    /** Everything, once the exporter has ended: what it sent before waits in the socket. */
    List<byte[]> all() throws IOException, InterruptedException {
        send(END);
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return datagrams;
    }

    /** For tshark. */
    static void write(Path file, List<byte[]> datagrams, long micros) throws IOException {
        var capture = new Capture();
        for (int i = 0; i < datagrams.size(); i++) {
            capture.datagram(micros + i, datagrams.get(i));
        }
        capture.write(file);
    }

    private void pass() {
        var buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (true) {
                in.receive(buffer.clear());
                buffer.flip();
                byte[] datagram = Arrays.copyOf(buffer.array(), buffer.limit());
                if (Arrays.equals(datagram, END)) {
                    return;
                }
                datagrams.add(datagram);
                for (InetSocketAddress collector : collectors) {
                    out.send(ByteBuffer.wrap(datagram), collector);
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        out.close();
    }
}
