package io.flowwarden.config;

/**
 * Where to listen.
 *
 * @param host address, or null for nowhere
 * @param port 0 for any free one
 */
public record Listen(String host, int port) {
    public static final Listen OFF = new Listen(null, 0);

    static Listen parse(String text) {
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

    public boolean isOff() {
        return host == null;
    }

    @Override
    public String toString() {
        return isOff() ? "off" : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
