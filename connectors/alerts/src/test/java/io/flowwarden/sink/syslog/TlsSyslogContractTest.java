package io.flowwarden.sink.syslog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.sink.Alerts;
import io.flowwarden.sink.SinkContract;
import io.flowwarden.sink.SinkKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsSyslogContractTest extends SinkContract {
    private static final String PASSWORD = "password";

    @TempDir static Path folder;
    private static SSLServerSocketFactory sockets;

    private final StreamPeer peer = new StreamPeer(sockets);

    @BeforeAll
    static void certificate() throws IOException, InterruptedException, GeneralSecurityException {
        String keys = folder.resolve("keys.p12").toString();
        keytool(
                "-genkeypair",
                "-alias",
                "peer",
                "-keyalg",
                "EC",
                "-dname",
                "CN=peer",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                keys,
                "-storetype",
                "PKCS12");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "peer",
                "-keystore",
                keys,
                "-file",
                folder.resolve("ca.pem").toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(Path.of(keys))) {
            store.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        sockets = context.getServerSocketFactory();
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    @Override
    protected SinkKind kind() {
        return SinkKind.SYSLOG;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "address",
                "127.0.0.1:" + peer.port(),
                "transport",
                "tls",
                "tls.ca",
                folder.resolve("ca.pem").toString());
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

    @Test
    void receiverThatNobodyVouchesForHearsNothing() throws InterruptedException {
        var stranger =
                SinkKind.SYSLOG.open(
                        Map.of("address", "127.0.0.1:" + peer.port(), "transport", "tls"), clock);
        String outage = stranger.deliver(List.of(Alerts.open("a"))).outage();
        assertTrue(outage.contains("SSLHandshakeException"), outage);
        assertTrue(peer.messages().isEmpty());
    }

    @Test
    void receiverWithAnotherNameHearsNothing() throws InterruptedException {
        var wrong =
                SinkKind.SYSLOG.open(
                        Map.of(
                                "address",
                                "localhost:" + peer.port(),
                                "transport",
                                "tls",
                                "tls.ca",
                                folder.resolve("ca.pem").toString()),
                        clock);
        String outage = wrong.deliver(List.of(Alerts.open("a"))).outage();
        assertTrue(outage.contains("SSLHandshakeException"), outage);
    }
}
