package io.flowwarden.classify;

import io.flowwarden.flow.Transport;

/** Transports that carry services, numbered without gaps. */
final class Service {
    static final int TCP = 0;
    static final int UDP = 1;

    /** Echo; it has the one port 0. */
    static final int ICMP = 2;

    static final int COUNT = 3;

    private Service() {}

    /** By its name in catalog and estate; -1 where it is none. */
    static int of(String transport) {
        return switch (transport) {
            case "tcp" -> TCP;
            case "udp" -> UDP;
            case "icmp" -> ICMP;
            default -> -1;
        };
    }

    /** By IANA protocol number; -1 where it carries no service that the catalog knows. */
    static int of(int protocol) {
        return switch (protocol) {
            case Transport.TCP -> TCP;
            case Transport.UDP -> UDP;
            case Transport.ICMP, Transport.ICMP6 -> ICMP;
            default -> -1;
        };
    }
}
