package io.flowwarden.judge;

import io.flowwarden.classify.Verdicts;
import io.flowwarden.flow.FlowBatch;

/** All flows of one raw record with the verdicts on them; both are reused for the next. */
public record JudgedBatch(FlowBatch flows, Verdicts verdicts) {}
