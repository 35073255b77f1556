package io.flowwarden.udp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

final class CollectorTest {
    private static final byte[] DATAGRAM = {
        0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2
    };

    private final BlockingQueue<RawRecord> records = new LinkedBlockingQueue<>();

    @Test
    void datagramBecomesARawRecordOfItsSender() throws Exception {
        try (var receiver = receiver(1 << 20);
                var collector = collector(receiver, records::add)) {
            send(receiver, DATAGRAM);
            RawRecord raw = next(RawFormat.NETFLOW);
            assertEquals("netflow/127.0.0.1/258", raw.source());
            assertEquals("127.0.0.1", raw.exporter());
            assertArrayEquals(DATAGRAM, raw.value());
            assertEquals(0, receiver.counts().refused());
        }
    }

    @Test
    void ticksComeWithoutAnyTraffic() throws Exception {
        try (var receiver = receiver(1 << 20);
                var collector = collector(receiver, records::add)) {
            RawRecord first = next(RawFormat.TICK);
            RawRecord second = next(RawFormat.TICK);
            assertTrue(second.receivedAt() >= first.receivedAt() + 200);
            assertEquals("test", second.source());
        }
    }

    @Test
    void whatIsNoExportIsCounted() throws Exception {
        try (var receiver = receiver(1 << 20);
                var collector = collector(receiver, records::add)) {
            send(receiver, new byte[] {0, 99, 1});
            send(receiver, DATAGRAM);
            next(RawFormat.NETFLOW);
            assertEquals(1, receiver.counts().refused());
        }
    }

    @Test
    void slowSinkCostsDatagramsThatAreCounted() throws Exception {
        var stuck = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var receiver = receiver(400);
                var collector =
                        collector(
                                receiver,
                                raw -> {
                                    stuck.countDown();
                                    await(go);
                                    records.add(raw);
                                })) {
            assertTrue(stuck.await(10, SECONDS));
            while (receiver.counts().received() < 40) {
                send(receiver, DATAGRAM);
            }
            go.countDown();
            collector.close();
            long written = records.stream().filter(r -> r.format() == RawFormat.NETFLOW).count();
            var counts = receiver.counts();
            assertTrue(counts.dropped() > 0);
            assertEquals(counts.received(), written + counts.dropped());
        }
    }

    @Test
    void aTopicThatTakesNothingIsSaid() throws Exception {
        var gone = new IOException("broker away");
        try (var receiver = receiver(1 << 20);
                var collector =
                        collector(
                                receiver,
                                raw -> {
                                    throw gone;
                                })) {
            collector.close();
            assertEquals(Optional.of(gone), collector.failure());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RawRecord next(RawFormat format) throws InterruptedException {
        while (true) {
            RawRecord raw = records.poll(10, SECONDS);
            if (raw == null) {
                throw new AssertionError("no " + format + " came within 10 s");
            }
            if (raw.format() == format) {
                return raw;
            }
        }
    }

    private static UdpReceiver receiver(long queue) throws IOException {
        var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return UdpReceiver.open(UdpSettings.on(listen).withQueue(queue), InstantSource.system());
    }

    private static Collector collector(UdpReceiver receiver, RawSink sink) {
        return new Collector("test", receiver, sink, InstantSource.system());
    }

    private static void send(UdpReceiver receiver, byte[] datagram) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.send(ByteBuffer.wrap(datagram), receiver.address());
        }
    }
}
