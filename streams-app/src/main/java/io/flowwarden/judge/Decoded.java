package io.flowwarden.judge;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.flow.FlowBatch;

/**
 * One raw record as decoded; both parts are reused for the next.
 *
 * @param report null for a tick
 */
record Decoded(FlowBatch flows, DecodeReport report) {}
