package io.flowwarden.udp;

import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters that every socket's thread adds to. */
final class Tally {
    final LongAdder received = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder unlisted = new LongAdder();
    final LongAdder limited = new LongAdder();
    final LongAdder dropped = new LongAdder();

    UdpCounts counts(OptionalLong kernelDropped) {
        return new UdpCounts(
                received.sum(),
                refused.sum(),
                unlisted.sum(),
                limited.sum(),
                dropped.sum(),
                kernelDropped);
    }
}
