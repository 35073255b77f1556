package io.flowwarden.input;

import java.io.IOException;

/** Takes the payloads of UDP datagrams. */
@FunctionalInterface
interface UdpSink {
    /**
     * @param hi high half of the source address
     * @param lo low half
     * @param port destination port
     * @param millis capture time, or {@link PacketSink#NO_TIME}
     * @param bytes holds the payload; valid until this returns
     * @param length bytes of payload that were captured
     */
    void datagram(long hi, long lo, int port, long millis, byte[] bytes, int offset, int length)
            throws IOException;
}
