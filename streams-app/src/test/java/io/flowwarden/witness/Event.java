package io.flowwarden.witness;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.raw.RawRecord;
import java.util.function.BiConsumer;

/**
 * A raw record of a timeline, or a tick, or a new estate.
 *
 * @param fill what it was decoded to; null of a tick
 * @param estate that is in force from now on, or null
 */
record Event(RawRecord raw, BiConsumer<FlowBatch, DecodeReport> fill, String estate) {
    long at() {
        return raw.receivedAt();
    }
}
