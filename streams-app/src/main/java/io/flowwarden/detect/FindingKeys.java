package io.flowwarden.detect;

import java.nio.charset.StandardCharsets;

/** Keys of the topic of findings: what settles together has one key. */
public final class FindingKeys {
    /** Written to every partition. */
    public static final String EVERYWHERE = "*";

    private static final String SERVER = "server/";

    private FindingKeys() {}

    public static String link(String name) {
        return "link/" + name;
    }

    public static String client(String address) {
        return "client/" + address;
    }

    /** A server with a crowd of clients; written to every partition, like those clients' alerts. */
    public static String server(String address) {
        return SERVER + address;
    }

    /** Whether a key is one of {@link #server}. */
    public static boolean isServer(byte[] key) {
        int length = SERVER.length();
        return key.length > length
                && new String(key, 0, length, StandardCharsets.US_ASCII).equals(SERVER);
    }

    /** Clients of a role, as alerts name them together. */
    public static String role(String role) {
        return "role/" + role;
    }

    /** An exporter, or a source that has none, or a collector. */
    public static String source(String exporter) {
        return "source/" + exporter;
    }

    public static String pair(String fromSite, String toSite) {
        return "pair/" + fromSite + ">" + toSite;
    }
}
