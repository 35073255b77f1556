package io.flowwarden.judge;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.roster.Roster;
import java.util.HashMap;
import java.util.Map;

/**
 * The sampling rate that the estate has for a source, for flows whose exporter states none. A batch
 * costs one look-up; its flows are touched only where there is a rate.
 */
final class ConfiguredSampling {
    /** A flow that has one of these is as its exporter says. */
    private static final long STATED =
            FlowColumn.bit(FlowColumn.SAMPLING) | FlowColumn.bit(FlowColumn.SCALED);

    private static final Integer NONE = 0;

    private final Map<String, Integer> bySource = new HashMap<>();
    private Roster roster;

    /** Before anything is concluded from the flows: what is sampled proves less. */
    void apply(FlowBatch flows, Roster current) {
        if (flows.size() == 0) {
            return;
        }
        if (current != roster) {
            roster = current;
            bySource.clear();
        }
        int rate = rate(flows.origin().source());
        if (rate > 0) {
            for (int row = 0; row < flows.size(); row++) {
                if ((flows.present(row) & STATED) == 0) {
                    flows.set(row, FlowColumn.SAMPLING, rate);
                }
            }
        }
    }

    void forget(String source) {
        bySource.remove(source);
    }

    private int rate(String source) {
        Integer known = bySource.get(source);
        if (known == null) {
            Integer declared = roster.facts(source, null).sampling();
            known = declared == null ? NONE : declared;
            bySource.put(source, known);
        }
        return known;
    }
}
