package io.flowwarden.detect;

/** Keys of the topic of findings: what settles together has one key. */
public final class FindingKeys {
    /** Written to every partition. */
    public static final String EVERYWHERE = "*";

    private FindingKeys() {}

    public static String link(String name) {
        return "link/" + name;
    }

    public static String client(String address) {
        return "client/" + address;
    }

    public static String server(String address) {
        return "server/" + address;
    }

    /** An exporter, or a source that has none, or a collector. */
    public static String source(String exporter) {
        return "source/" + exporter;
    }

    public static String pair(String fromSite, String toSite) {
        return "pair/" + fromSite + ">" + toSite;
    }
}
