package io.flowwarden.detect;

import io.flowwarden.classify.Verdicts;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.roster.Roster;

/**
 * All flows of one raw record with the verdicts on them, by one state of catalog and estate. Flows,
 * verdicts and report are reused for the next: read them during the call.
 *
 * @param flows none in a tick
 * @param report what else the record told; null in a tick
 * @param roster of the estate that the verdicts rest on
 */
public record Judged(FlowBatch flows, Verdicts verdicts, DecodeReport report, Roster roster) {}
