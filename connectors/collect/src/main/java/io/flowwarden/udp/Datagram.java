package io.flowwarden.udp;

import io.flowwarden.raw.RawFormat;

/**
 * An admitted datagram.
 *
 * @param exporter canonical address
 * @param receivedAt epoch ms
 */
record Datagram(String exporter, RawFormat format, long receivedAt, byte[] bytes) {}
