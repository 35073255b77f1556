package io.flowwarden.bench;

import io.flowwarden.bench.SenderProcess.Sent;
import java.io.IOException;
import java.time.Duration;

/** A collector on trial. */
interface Taker {
    /**
     * How one rate went.
     *
     * @param kept datagrams that are where they belong
     * @param late how long after the last was sent the last was there
     */
    record Trial(Sent sent, long kept, Duration late) {
        boolean isLossless() {
            return kept == sent.datagrams();
        }
    }

    String name();

    Trial take(SenderProcess sender, int rate, Duration duration) throws IOException;
}
