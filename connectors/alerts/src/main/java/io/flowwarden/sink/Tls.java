package io.flowwarden.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/**
 * Whom to trust, and who we are. The name of the receiver is always checked by those who use it.
 */
public final class Tls {
    private static final String CA = "tls.ca";
    private static final String KEYSTORE = "tls.keystore";
    private static final String PASSWORD = "tls.keystore.password";
    private static final String GROUP = "TLS";

    private Tls() {}

    public static ConfigDef options(ConfigDef options) {
        return options.define(
                        CA,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "PEM file of the certificates to trust instead of Java's own list.",
                        GROUP,
                        1,
                        Width.LONG,
                        "Trusted certificates")
                .define(
                        KEYSTORE,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "PKCS #12 file with our certificate and key, for receivers that ask for one.",
                        GROUP,
                        2,
                        Width.LONG,
                        "Own certificate")
                .define(
                        PASSWORD,
                        Type.PASSWORD,
                        null,
                        Importance.LOW,
                        "Password of that file.",
                        GROUP,
                        3,
                        Width.MEDIUM,
                        "Password of own certificate");
    }

    /** Null where nothing is configured: the platform's. */
    public static SSLContext context(AbstractConfig config) {
        String ca = config.getString(CA);
        String keystore = config.getString(KEYSTORE);
        if (ca.isEmpty() && keystore.isEmpty()) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keystore.isEmpty() ? null : keys(config, keystore),
                    ca.isEmpty() ? null : trust(ca),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ConfigException("tls: " + e);
        }
    }

    private static TrustManager[] trust(String file) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try (var in = Files.newInputStream(Path.of(file))) {
            store.load(null, null);
            int number = 0;
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, each);
            }
            if (number == 0) {
                throw new ConfigException(CA, file, "has no certificate in it");
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(CA, file, "cannot be read: " + e);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(AbstractConfig config, String file)
            throws GeneralSecurityException {
        String secret = SinkOptions.secret(config, PASSWORD);
        char[] password = secret == null ? new char[0] : secret.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(Path.of(file))) {
            store.load(in, password);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(KEYSTORE, file, "cannot be read: " + e);
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }
}
