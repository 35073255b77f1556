package io.flowwarden.detect;

import io.flowwarden.raw.RawRecord;

/**
 * Looks at everything that one raw partition brings, in its order, and tells what started or
 * stopped being wrong. It has no clock: the records' times and the ticks are all it goes by, so
 * that a lag, a restart or a replay changes nothing. What must survive is in its {@link Memory};
 * what it keeps in heap beside that is derived from it.
 */
public interface Detector {
    /** A raw record that was decoded, in order; it may have no flow. */
    void judged(RawRecord raw, Judged judged, Findings findings);

    /**
     * A tick.
     *
     * @param tick its source is the collector, its receivedAt the tick time
     */
    void tick(RawRecord tick, Judged judged, Findings findings);

    /** The task keeps nothing of this source any more. */
    void forget(String source);
}
