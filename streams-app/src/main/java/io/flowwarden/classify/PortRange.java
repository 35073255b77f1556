package io.flowwarden.classify;

/** Contiguous ports of one transport, ends included. */
record PortRange(int service, int from, int to) {
    boolean contains(int port) {
        return from <= port && port <= to;
    }
}
