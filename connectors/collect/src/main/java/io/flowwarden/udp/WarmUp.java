package io.flowwarden.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.InstantSource;

/**
 * Sends datagrams to itself through the whole path before the real ports are bound. A cold JVM
 * loses datagrams: interpreted code empties a socket several times slower than compiled code, and a
 * collector that restarts is met by all its exporters at once.
 */
final class WarmUp {
    private static final int BURSTS = 300;
    private static final int BURST = 64;
    private static final long PATIENCE = 2_000;

    private static boolean done;

    private WarmUp() {}

    /** The first call of the process warms, later ones find everything compiled. */
    static synchronized void once(InstantSource clock) throws IOException {
        if (!done) {
            run(clock);
            done = true;
        }
    }

    private static void run(InstantSource clock) throws IOException {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        byte[] datagram = new byte[900];
        datagram[1] = 9;
        long deadline = clock.millis() + PATIENCE;
        try (var receiver = UdpReceiver.openCold(UdpSettings.on(loopback), clock);
                var sender = DatagramChannel.open()) {
            sender.connect(receiver.address());
            var feed = new RawFeed("warm-up", receiver, clock);
            for (int burst = 0; burst < BURSTS && clock.millis() < deadline; burst++) {
                for (int i = 0; i < BURST; i++) {
                    sender.write(ByteBuffer.wrap(datagram));
                }
                feed.read(raw -> {});
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
