package io.flowwarden.sink.syslog;

import java.net.InetSocketAddress;

/**
 * Where to send to.
 *
 * @param host name or address
 */
record Receiver(String host, int port) {
    /**
     * @param text {@code HOST:PORT}, IPv6 in brackets
     */
    static Receiver parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 1 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            host = "";
        }
        String port = text.substring(colon + 1);
        if (host.isEmpty() || !port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("must be HOST:PORT, IPv6 as [ADDRESS]:PORT");
        }
        return new Receiver(host, Integer.parseInt(port));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
