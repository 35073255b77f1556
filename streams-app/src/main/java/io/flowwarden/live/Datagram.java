package io.flowwarden.live;

import java.net.InetAddress;

/**
 * A datagram as it came.
 *
 * @param receivedAt epoch ms
 */
public record Datagram(InetAddress from, long receivedAt, byte[] bytes) {}
