package io.flowwarden.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.sink.SinkContract;
import io.flowwarden.sink.SinkKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

final class UdpSyslogContractTest extends SinkContract {
    private final DatagramSocket peer;
    private final List<String> messages = new ArrayList<>();

    UdpSyslogContractTest() throws SocketException {
        peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        peer.setSoTimeout(20);
    }

    @Override
    protected SinkKind kind() {
        return SinkKind.SYSLOG;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("address", "127.0.0.1:" + peer.getLocalPort(), "transport", "udp");
    }

    @Override
    protected List<Heard> heard() {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            while (true) {
                peer.receive(packet);
                messages.add(new String(packet.getData(), 0, packet.getLength(), UTF_8));
            }
        } catch (SocketTimeoutException all) {
            return messages.stream().map(each -> ParsedSyslog.of(each).heard()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected boolean noticesAbsence() {
        return false;
    }

    @Override
    protected void down() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void up() {
        throw new UnsupportedOperationException();
    }

    @AfterEach
    void closePeer() {
        peer.close();
    }
}
