package io.flowwarden.udp;

import java.util.OptionalLong;

/**
 * What became of the datagrams so far: those received and in none of the other counts were handed
 * over.
 *
 * @param received taken off the sockets
 * @param refused neither NetFlow, IPFIX nor sFlow
 * @param unlisted from an exporter that the allow-list does not name
 * @param limited beyond the rate of their exporter
 * @param dropped because nobody took them in time and the queue was full
 * @param kernelDropped lost before they were received, because the kernel buffer was full; empty
 *     where the system does not tell
 */
public record UdpCounts(
        long received,
        long refused,
        long unlisted,
        long limited,
        long dropped,
        OptionalLong kernelDropped) {}
