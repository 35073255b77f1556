package io.flowwarden.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.net.Prefix;
import io.flowwarden.testkit.Await;
import io.flowwarden.udp.UdpReceiver;
import io.flowwarden.udp.UdpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UdpMetersTest {
    private static final byte[] V9 = new byte[20];
    private static final byte[] GARBAGE = {0, 99, 1};

    static {
        V9[1] = 9;
    }

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InetSocketAddress loopback =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void everyReasonToTurnADatagramAwayHasItsMeter() throws Exception {
        var fromLoopback = UdpSettings.on(loopback).withAllow(List.of(Prefix.parse("127.0.0.0/8")));
        try (var receiver = open(fromLoopback.withRate(3))) {
            for (byte[] datagram : List.of(GARBAGE, V9, V9, V9, V9)) {
                send(receiver, datagram);
            }
            awaitTurnedAway(3);
            assertEquals(5, value("received"));
            assertEquals(1, value("refused"));
            assertEquals(2, value("limited"));
            assertEquals(0, value("unlisted") + value("dropped") + value("kernel.dropped"));
        }
    }

    @Test
    void exportersBeyondTheListHaveTheirs() throws Exception {
        var fromElsewhere = UdpSettings.on(loopback).withAllow(List.of(Prefix.parse("10.0.0.0/8")));
        try (var receiver = open(fromElsewhere)) {
            send(receiver, V9);
            awaitTurnedAway(1);
            assertEquals(1, value("received"));
            assertEquals(1, value("unlisted"));
            assertEquals(0, value("refused") + value("limited"));
        }
    }

    /** In an instant that does not pass, so the rate gives nothing back. */
    private UdpReceiver open(UdpSettings settings) throws IOException {
        var receiver = UdpReceiver.open(settings, InstantSource.fixed(Instant.EPOCH));
        UdpMeters.bind(receiver, meters);
        return receiver;
    }

    private void awaitTurnedAway(int datagrams) {
        Await.until(
                datagrams + " datagrams",
                () -> value("refused") + value("limited") + value("unlisted") == datagrams,
                meters::getMetersAsString);
    }

    private long value(String name) {
        return (long) meters.get("flowwarden.udp." + name).functionCounter().count();
    }

    private static void send(UdpReceiver receiver, byte[] datagram) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.send(ByteBuffer.wrap(datagram), receiver.address());
        }
    }
}
