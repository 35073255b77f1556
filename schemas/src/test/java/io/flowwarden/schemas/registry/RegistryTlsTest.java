package io.flowwarden.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
    private static final String PASSWORD = "pass-word";

    @TempDir private static Path folder;

    private static StubRegistry registry;
    private static StubRegistry mutual;
    private static StubRegistry misnamed;

    @BeforeAll
    static void start() throws Exception {
        key("server", "CN=registry", "IP:127.0.0.1");
        key("other", "CN=other", "DNS:elsewhere.example");
        key("client", "CN=client", "DNS:client.example");
        registry = server("server", false).answer(200, "[\"a-value\"]");
        mutual = server("server", true).answer(200, "[\"a-value\"]");
        misnamed = server("other", false).answer(200, "[\"a-value\"]");
    }

    @AfterAll
    static void stop() {
        registry.close();
        mutual.close();
        misnamed.close();
    }

    @Test
    void trustStoreIsRead() {
        assertEquals(List.of("a-value"), client(registry, trust("server")).subjects());
    }

    @Test
    void pemIsReadFromAFileAndFromTheSettingItself() throws IOException {
        Map<String, Object> file =
                Map.of(
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        folder + "/server.pem");
        assertEquals(List.of("a-value"), client(registry, file).subjects());
        Map<String, Object> inline =
                Map.of(
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.certificates",
                        Files.readString(folder.resolve("server.pem")));
        assertEquals(List.of("a-value"), client(registry, inline).subjects());
    }

    @Test
    void strangersAreNotTrusted() {
        var e = assertThrows(RegistryException.class, () -> client(registry, Map.of()).subjects());
        assertTrue(e.getMessage().contains(url(registry)), e.getMessage());
        assertThrows(RegistryException.class, () -> client(registry, trust("other")).subjects());
    }

    @Test
    void hostNameMustBeInTheCertificate() {
        assertThrows(RegistryException.class, () -> client(misnamed, trust("other")).subjects());
    }

    @Test
    void keyStoreProvesWhoWeAre() {
        assertThrows(RegistryException.class, () -> client(mutual, trust("server")).subjects());
        Map<String, Object> both = new HashMap<>(trust("server"));
        both.put("ssl.keystore.location", folder + "/client.p12");
        both.put("ssl.keystore.password", PASSWORD);
        both.put("ssl.keystore.type", "PKCS12");
        assertEquals(List.of("a-value"), client(mutual, both).subjects());
    }

    @Test
    void wrongPasswordIsSaidWithoutTheRightOne() {
        Map<String, Object> wrong = new HashMap<>(trust("server"));
        wrong.put("ssl.truststore.password", "hunter2");
        var e = assertThrows(RuntimeException.class, () -> client(registry, wrong));
        for (Throwable t = e; t != null; t = t.getCause()) {
            assertFalse(t.toString().contains("hunter2"), t.toString());
        }
        assertTrue(e.getMessage().contains("server.p12"), e.getMessage());
    }

    private static Map<String, Object> trust(String name) {
        return Map.of(
                "ssl.truststore.location",
                folder + "/" + name + ".p12",
                "ssl.truststore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    private static RegistryClient client(StubRegistry server, Map<String, Object> ssl) {
        Map<String, Object> settings =
                new HashMap<>(Map.of("schema.registry.url", url(server), "max.retries", 0));
        ssl.forEach((key, value) -> settings.put("schema.registry." + key, value));
        return new RegistryClient(new RegistryConfig(settings), new FakePace());
    }

    private static String url(StubRegistry server) {
        return "https://127.0.0.1:" + server.port();
    }

    private static StubRegistry server(String name, boolean clientAuth) throws Exception {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(name), PASSWORD.toCharArray());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store("client"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters ssl = context.getDefaultSSLParameters();
                        ssl.setNeedClientAuth(clientAuth);
                        parameters.setSSLParameters(ssl);
                    }
                });
        return new StubRegistry(server);
    }

    private static KeyStore store(String name) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
    }

    /**
     * A key pair whose certificate signs itself: NAME.p12 holds both, and as trusted; NAME.pem the
     * certificate.
     */
    private static void key(String name, String subject, String alternative) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-validity",
                                "3650",
                                "-dname",
                                subject,
                                "-ext",
                                "SAN=" + alternative,
                                "-alias",
                                name,
                                "-keystore",
                                file.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), output);
        KeyStore store = store(name);
        Certificate certificate = store.getCertificate(name);
        store.setCertificateEntry(name + "-trusted", certificate);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        String base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        Files.writeString(
                folder.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }
}
