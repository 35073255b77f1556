package io.flowwarden.estate;

import io.flowwarden.yaml.YamlValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service by port.
 *
 * @param first port; 0 for icmp
 * @param last port, inclusive; 0 for icmp
 * @param transport tcp, udp or icmp
 */
record Service(int first, int last, String transport) {
    private static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?/(tcp|udp)");
    private static final int LAST_PORT = 65_535;

    /** {@code 902/udp}, {@code 8000-8010/tcp} or {@code icmp}; null where it is none of these. */
    static Service parse(String text) {
        if (text.equals("icmp")) {
            return new Service(0, 0, "icmp");
        }
        Matcher ports = PORTS.matcher(text);
        if (!ports.matches()) {
            return null;
        }
        int first = Integer.parseInt(ports.group(1));
        int last = ports.group(2) == null ? first : Integer.parseInt(ports.group(2));
        return first <= last && last <= LAST_PORT ? new Service(first, last, ports.group(3)) : null;
    }

    /** As written in an estate. */
    String text() {
        if (transport.equals("icmp")) {
            return transport;
        }
        return (first == last ? "" + first : first + "-" + last) + "/" + transport;
    }

    /** A service of the file; null and a fault where it is none. */
    static Service read(YamlValue value) {
        String text = value.text();
        if (text == null) {
            return null;
        }
        Service service = parse(text);
        if (service == null) {
            Service lower = parse(text.toLowerCase(Locale.ROOT).replace(" ", ""));
            value.fault(
                    "expected port/transport, e.g. 902/udp, 8000-8010/tcp, or icmp",
                    lower == null ? null : lower.text());
        }
        return service;
    }
}
