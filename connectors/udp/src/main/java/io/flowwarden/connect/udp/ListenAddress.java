package io.flowwarden.connect.udp;

import io.flowwarden.net.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** Reads {@code 10.0.0.1:2055} and {@code [2001:db8::1]:2055}; names are not looked up. */
final class ListenAddress {
    static final Validator LIST =
            new Validator() {
                @Override
                public void ensureValid(String name, Object value) {
                    List<?> texts = (List<?>) value;
                    if (texts == null || texts.isEmpty()) {
                        throw new ConfigException(name, value, "at least one is needed");
                    }
                    for (Object text : texts) {
                        try {
                            parse((String) text);
                        } catch (IllegalArgumentException e) {
                            throw new ConfigException(name, text, e.getMessage());
                        }
                    }
                }

                @Override
                public String toString() {
                    return "address:port, an IPv6 address in brackets";
                }
            };

    private ListenAddress() {}

    /**
     * @throws IllegalArgumentException saying what is wrong, without the text itself
     */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("must be address:port");
        }
        return new InetSocketAddress(
                address(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    /** Whether one of them cannot be bound beside the other. */
    static boolean clash(InetSocketAddress one, InetSocketAddress other) {
        return one.getPort() == other.getPort()
                && (one.getAddress().equals(other.getAddress())
                        || one.getAddress().isAnyLocalAddress()
                        || other.getAddress().isAnyLocalAddress());
    }

    private static int port(String digits) {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("the port must be 1 to 65535");
        }
        return port;
    }

    private static InetAddress address(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String inner = bracketed ? text.substring(1, text.length() - 1) : text;
        long[] parsed = Address.parse(inner);
        if (parsed == null || bracketed != inner.contains(":")) {
            throw new IllegalArgumentException(
                    "must begin with an IPv4 address, or an IPv6 address in brackets;"
                            + " 0.0.0.0 is every IPv4 address, [::] every address");
        }
        var bytes =
                Address.isV4(parsed[0], parsed[1])
                        ? ByteBuffer.allocate(4).putInt((int) parsed[1])
                        : ByteBuffer.allocate(16).putLong(parsed[0]).putLong(parsed[1]);
        try {
            return InetAddress.getByAddress(bytes.array());
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
