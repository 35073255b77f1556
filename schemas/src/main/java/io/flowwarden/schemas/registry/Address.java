package io.flowwarden.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.common.config.ConfigException;

/** One registry: where it is, and what to send along. Prints without the secret. */
record Address(URI base, String authorization) {
    static Address parse(String url) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            // The exception's own message repeats the address with its password.
            throw new ConfigException(RegistryConfig.URL, masked(url), "not a URL");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw new ConfigException(
                    RegistryConfig.URL,
                    masked(url),
                    "must be http://host:port or https://host:port");
        }
        String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
        String user = uri.getUserInfo();
        return new Address(
                URI.create(scheme + "://" + host + path), user == null ? null : basic(user));
    }

    static String basic(String userInfo) {
        byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private static String masked(String url) {
        return url.replaceAll("//.*@", "//[hidden]@");
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
