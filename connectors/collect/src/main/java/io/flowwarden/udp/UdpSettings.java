package io.flowwarden.udp;

import io.flowwarden.net.Prefix;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where to listen, what to admit, and how much may wait.
 *
 * @param listen addresses and ports, port 0 for a free one; 0.0.0.0 takes IPv4 only, :: both
 * @param sockets how many share each port, each with its own thread; the kernel deals exporters out
 *     to them
 * @param buffer bytes of kernel buffer to ask for, each socket
 * @param queue bytes of heap that received datagrams may hold until they are taken
 * @param allow exporters that may send; empty for everyone
 * @param rate datagrams a second that one exporter may send, with bursts of one second; 0 for any
 * @param exporters how many are remembered; the one that was silent longest makes room
 */
public record UdpSettings(
        List<InetSocketAddress> listen,
        int sockets,
        int buffer,
        long queue,
        List<Prefix> allow,
        int rate,
        int exporters) {
    public static final int BUFFER = 4 << 20;
    public static final long QUEUE = 64L << 20;
    public static final int EXPORTERS = 10_000;

    public UdpSettings {
        listen = List.copyOf(listen);
        allow = List.copyOf(allow);
        if (listen.isEmpty() || sockets < 1 || buffer < 1 || queue < 1 || exporters < 1) {
            throw new IllegalArgumentException("nothing to receive with");
        }
    }

    /** One socket for each address, everyone may send. */
    public static UdpSettings on(InetSocketAddress... listen) {
        return new UdpSettings(List.of(listen), 1, BUFFER, QUEUE, List.of(), 0, EXPORTERS);
    }

    public UdpSettings withSockets(int sockets) {
        return new UdpSettings(listen, sockets, buffer, queue, allow, rate, exporters);
    }

    public UdpSettings withBuffer(int buffer) {
        return new UdpSettings(listen, sockets, buffer, queue, allow, rate, exporters);
    }

    public UdpSettings withQueue(long queue) {
        return new UdpSettings(listen, sockets, buffer, queue, allow, rate, exporters);
    }

    public UdpSettings withAllow(List<Prefix> allow) {
        return new UdpSettings(listen, sockets, buffer, queue, allow, rate, exporters);
    }

    public UdpSettings withRate(int rate) {
        return new UdpSettings(listen, sockets, buffer, queue, allow, rate, exporters);
    }

    public UdpSettings withExporters(int exporters) {
        return new UdpSettings(listen, sockets, buffer, queue, allow, rate, exporters);
    }
}
