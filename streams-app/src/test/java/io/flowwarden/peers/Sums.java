package io.flowwarden.peers;

/** What collectors have to agree on. */
record Sums(long flows, long packets, long bytes) {
    static final Sums NONE = new Sums(0, 0, 0);

    Sums plus(Sums other) {
        return new Sums(flows + other.flows, packets + other.packets, bytes + other.bytes);
    }

    /** As many flows of so many times the packets. */
    Sums sampled(long oneOf) {
        return new Sums(flows, packets * oneOf, bytes * oneOf);
    }
}
