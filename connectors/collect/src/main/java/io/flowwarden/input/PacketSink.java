package io.flowwarden.input;

import java.io.IOException;

/** Takes the packets of a capture. */
@FunctionalInterface
interface PacketSink {
    /** Where the capture states no time. */
    long NO_TIME = Long.MIN_VALUE;

    /**
     * @param linkType LINKTYPE_ value of the packet's interface
     * @param millis capture time, epoch ms, or {@link #NO_TIME}
     * @param bytes holds the packet; valid until this returns
     */
    void packet(int linkType, long millis, byte[] bytes, int offset, int length) throws IOException;
}
