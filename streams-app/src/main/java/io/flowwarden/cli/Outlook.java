package io.flowwarden.cli;

import io.flowwarden.embedded.EmbeddedFlowwarden;
import io.flowwarden.embedded.Rejected;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.JudgedFlow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one state of catalog and estate makes of a stretch of time. */
final class Outlook implements Analysis.Listener {
    private final long from;
    private final long to;

    /** Flows by verdict and rule or reason. */
    final Map<String, Long> verdicts = new TreeMap<>();

    /** The last word on each incident, by key, and opened_at. */
    final Map<String, Alert> alerts = new LinkedHashMap<>();

    final Coverage coverage;

    long flows;

    /** Ends of the first and the last flow, epoch ms. */
    long first = Long.MAX_VALUE;

    long last = Long.MIN_VALUE;

    /**
     * @param from epoch ms; what is judged before only warms up
     * @param to epoch ms
     */
    Outlook(long from, long to, Collection<EstateEntry> estate) {
        this.from = from;
        this.to = to;
        coverage = new Coverage(estate);
    }

    @Override
    public void judged(JudgedFlow flow) {
        long end = flow.getFlow().getEnd();
        if (end < from || end >= to) {
            return;
        }
        flows++;
        String why = flow.getRule() != null ? flow.getRule() : flow.getReason();
        verdicts.merge(flow.getVerdict() + (why == null ? "" : "  " + why), 1L, Long::sum);
        first = Math.min(first, end);
        last = Math.max(last, end);
        coverage.add(flow);
    }

    @Override
    public void alert(Alert alert) {
        boolean over = alert.getResolvedAt() != null && alert.getResolvedAt() < from;
        if (!over && alert.getOpenedAt() < to) {
            alerts.put(alert.getId(), alert);
        } else {
            alerts.remove(alert.getId());
        }
    }

    @Override
    public void rejected(Rejected rejected) {
        // The same in every outlook: it is not judged.
    }

    @Override
    public void finished(EmbeddedFlowwarden flowwarden) {
        // The flows and alerts themselves are what is compared.
    }
}
