package io.flowwarden.udp;

import java.net.InetAddress;

/**
 * A datagram as it came.
 *
 * @param receivedAt epoch ms
 */
public record Datagram(InetAddress from, long receivedAt, byte[] bytes) {}
