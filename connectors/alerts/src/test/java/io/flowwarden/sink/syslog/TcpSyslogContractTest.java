package io.flowwarden.sink.syslog;

import io.flowwarden.sink.SinkContract;
import io.flowwarden.sink.SinkKind;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;

final class TcpSyslogContractTest extends SinkContract {
    private final StreamPeer peer = new StreamPeer(ServerSocketFactory.getDefault());

    @Override
    protected SinkKind kind() {
        return SinkKind.SYSLOG;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("address", "127.0.0.1:" + peer.port());
    }

    @Override
    protected List<Heard> heard() {
        return peer.messages().stream().map(each -> ParsedSyslog.of(each).heard()).toList();
    }

    @Override
    protected void down() {
        peer.down();
    }

    @Override
    protected void up() {
        peer.up();
    }

    @AfterEach
    void closePeer() {
        peer.close();
    }
}
