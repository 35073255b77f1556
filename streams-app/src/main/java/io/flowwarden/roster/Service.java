package io.flowwarden.roster;

import io.flowwarden.flow.Transport;

/**
 * A service of a link.
 *
 * @param transport {@link #TCP}, {@link #UDP} or {@link #ICMP}
 * @param first port; 0 for icmp
 * @param last port, inclusive
 */
record Service(int transport, int first, int last) {
    static final int TCP = 0;
    static final int UDP = 1;
    static final int ICMP = 2;
    static final int COUNT = 3;

    /** Reads what the estate publishes: {@code 902/udp}, {@code 8000-8010/tcp} or {@code icmp}. */
    static Service parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new Service(ICMP, 0, 0);
        }
        String ports = text.substring(0, slash);
        int dash = ports.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? ports : ports.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(ports.substring(dash + 1));
        return new Service(text.endsWith("tcp") ? TCP : UDP, first, last);
    }

    static String name(int transport) {
        return transport == TCP ? "tcp" : transport == UDP ? "udp" : "icmp";
    }

    /** By IANA protocol number; -1 where no link can speak of it. */
    static int of(long protocol) {
        return switch ((int) protocol) {
            case Transport.TCP -> TCP;
            case Transport.UDP -> UDP;
            case Transport.ICMP, Transport.ICMP6 -> ICMP;
            default -> -1;
        };
    }
}
