package io.flowwarden.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.net.Prefix;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class UdpReceiverTest {
    private static final byte[] V9 = new byte[20];
    private static final byte[] GARBAGE = {0, 99, 1};

    static {
        V9[1] = 9;
    }

    private final InstantSource clock = InstantSource.system();
    private final InetSocketAddress loopback =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void everyListenerAndEverySocketOfAPortReceives() throws Exception {
        var settings = UdpSettings.on(loopback, loopback).withSockets(2);
        try (var receiver = UdpReceiver.open(settings, clock)) {
            assertEquals(2, receiver.addresses().size());
            // The kernel deals senders out by port: with 64 of them no socket stays idle.
            for (InetSocketAddress to : receiver.addresses()) {
                for (int i = 0; i < 64; i++) {
                    send(to, V9);
                }
            }
            assertEquals(128, datagrams(receiver, 128).size());
        }
    }

    @Test
    void eachReasonToTurnADatagramAwayIsCounted() throws Exception {
        var settings = UdpSettings.on(loopback).withRate(5);
        try (var receiver = UdpReceiver.open(settings, InstantSource.fixed(clock.instant()))) {
            send(receiver.address(), GARBAGE);
            for (int i = 0; i < 9; i++) {
                send(receiver.address(), V9);
            }
            assertEquals(4, datagrams(receiver, 4).size());
            awaitReceived(receiver, 10);
            var counts = receiver.counts();
            assertEquals(1, counts.refused());
            assertEquals(5, counts.limited());
            assertEquals(0, counts.dropped() + counts.unlisted());
            assertEquals(0, counts.kernelDropped().orElse(0));
        }
    }

    @Test
    void unlistedExportersAreTurnedAway() throws Exception {
        var settings = UdpSettings.on(loopback).withAllow(List.of(Prefix.parse("10.0.0.0/8")));
        try (var receiver = UdpReceiver.open(settings, clock)) {
            send(receiver.address(), V9);
            awaitReceived(receiver, 1);
            assertEquals(1, receiver.counts().unlisted());
        }
    }

    @Test
    void anAddressInUseIsNamedAndNothingStaysBound() throws Exception {
        try (var first = UdpReceiver.open(UdpSettings.on(loopback), clock)) {
            var free = new InetSocketAddress(loopback.getAddress(), freePort());
            var settings = UdpSettings.on(free, first.address());
            var fault = assertThrows(IOException.class, () -> UdpReceiver.open(settings, clock));
            String port = "127.0.0.1:" + first.address().getPort();
            assertTrue(fault.getMessage().contains(port), fault.getMessage());
            UdpReceiver.open(UdpSettings.on(free), clock).close();
        }
    }

    @Test
    void aTickNeverOvertakesADatagramWhateverTheClockDoes() throws Exception {
        var random = new Random(5);
        var jumping = new Jumping(random);
        var settings = UdpSettings.on(loopback).withSockets(2);
        try (var receiver = UdpReceiver.open(settings, jumping)) {
            var feed = new RawFeed("test", receiver, jumping);
            var seen = new ArrayList<RawRecord>();
            long sent = 0;
            while (sent < 2_000) {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    send(receiver.address(), V9);
                    sent++;
                }
                feed.read(seen::add);
            }
            while (seen.stream().filter(r -> r.format() != RawFormat.TICK).count() < sent) {
                feed.read(seen::add);
            }
            long tick = Long.MIN_VALUE;
            Set<Long> ticks = new HashSet<>();
            for (RawRecord raw : seen) {
                assertTrue(raw.receivedAt() >= tick, raw + " behind tick " + tick);
                if (raw.format() == RawFormat.TICK) {
                    tick = raw.receivedAt();
                    assertTrue(ticks.add(tick));
                }
            }
            assertTrue(ticks.size() > 3, ticks.toString());
        }
    }

    /** Runs on by leaps, and now and then back. */
    private static final class Jumping implements InstantSource {
        private final Random random;
        private long now = 1_000_000;

        Jumping(Random random) {
            this.random = random;
        }

        @Override
        public synchronized java.time.Instant instant() {
            now += random.nextInt(40) == 0 ? -500 : random.nextInt(30);
            return java.time.Instant.ofEpochMilli(now);
        }
    }

    private List<RawRecord> datagrams(UdpReceiver receiver, int count)
            throws IOException, InterruptedException {
        var feed = new RawFeed("test", receiver, clock);
        var seen = new ArrayList<RawRecord>();
        while (seen.size() < count) {
            feed.read(
                    raw -> {
                        if (raw.format() != RawFormat.TICK) {
                            seen.add(raw);
                        }
                    });
        }
        return seen;
    }

    private static void awaitReceived(UdpReceiver receiver, long count) {
        while (receiver.counts().received() < count) {
            Thread.onSpinWait();
        }
    }

    private static int freePort() throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        }
    }

    private static void send(InetSocketAddress to, byte[] datagram) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.send(ByteBuffer.wrap(datagram), to);
        }
    }
}
