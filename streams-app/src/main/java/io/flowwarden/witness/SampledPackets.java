package io.flowwarden.witness;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Packets that a sampled source sees of a link in a deadline, which tells what it may miss. */
final class SampledPackets {
    /** With so many expected, none at all is one chance in a million (Poisson: e^-14). */
    private static final long ENOUGH = 14;

    private long window = Long.MIN_VALUE;
    private long packets;
    private long before;

    void count(long seen, long at, long deadline) {
        long now = Math.floorDiv(at, deadline);
        if (now > window) {
            before = now == window + 1 ? packets : 0;
            packets = 0;
            window = now;
        }
        packets += seen;
    }

    boolean isThin(int members) {
        return Math.max(before, packets) < ENOUGH * Math.max(1, members);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(window);
        out.writeLong(packets);
        out.writeLong(before);
    }

    void read(DataInputStream in) throws IOException {
        window = in.readLong();
        packets = in.readLong();
        before = in.readLong();
    }
}
