package io.flowwarden.flow;

/** Transports that the catalog knows, and names of the rest (IANA protocol numbers). */
public final class Transport {
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMP6 = 58;

    private Transport() {}

    /** Name in {@code --json}: tcp, udp, icmp (both versions), sctp..., else the number. */
    public static String name(int protocol) {
        return switch (protocol) {
            case ICMP, ICMP6 -> "icmp";
            case 2 -> "igmp";
            case TCP -> "tcp";
            case UDP -> "udp";
            case 47 -> "gre";
            case 50 -> "esp";
            case 51 -> "ah";
            case 89 -> "ospf";
            case 103 -> "pim";
            case 112 -> "vrrp";
            case 132 -> "sctp";
            default -> Integer.toString(protocol);
        };
    }
}
