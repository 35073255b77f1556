package io.flowwarden.draft;

/**
 * A network interface of a cloud log, and which address is its own: the one that all of its records
 * have in common.
 */
final class Interface {
    private final String network;
    private Host one;
    private Host other;
    private long flows;

    Interface(String network) {
        this.network = network;
    }

    /** VPC or VNet that it belongs to. */
    String network() {
        return network;
    }

    void add(Host src, Host dst) {
        if (flows++ == 0) {
            one = src;
            other = dst;
            return;
        }
        one = src.equals(one) || dst.equals(one) ? one : null;
        other = src.equals(other) || dst.equals(other) ? other : null;
    }

    long flows() {
        return flows;
    }

    /** Its address, or null while two may be it or none. */
    Host own() {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isPrivate() == other.isPrivate() ? null : one.isPrivate() ? one : other;
    }
}
