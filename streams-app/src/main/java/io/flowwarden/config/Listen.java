package io.flowwarden.config;

import java.net.InetSocketAddress;

/**
 * Where to listen.
 *
 * @param host address, or null for nowhere
 * @param port 0 for any free one
 */
public record Listen(String host, int port) {
    public static final Listen OFF = new Listen(null, 0);

    /**
     * @param text {@code ADDRESS:PORT}, IPv6 in brackets, or {@code off}
     * @throws IllegalArgumentException if it is neither
     */
    public static Listen parse(String text) {
        if (text.equals("off")) {
            return OFF;
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 1 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String port = text.substring(colon + 1);
        if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("must be ADDRESS:PORT, or off");
        }
        return new Listen(host, Integer.parseInt(port));
    }

    /** Not to be asked of {@link #OFF}. */
    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    public boolean isOff() {
        return host == null;
    }

    @Override
    public String toString() {
        return isOff() ? "off" : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
