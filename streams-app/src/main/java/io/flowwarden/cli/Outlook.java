package io.flowwarden.cli;

import io.flowwarden.embedded.EmbeddedFlowwarden;
import io.flowwarden.embedded.Rejected;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.JudgedFlow;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one state of catalog and estate makes of a stretch of time. */
final class Outlook implements Analysis.Listener {
    private final long from;
    private final long to;

    /** Flows by verdict and rule or reason. */
    final Map<String, Long> verdicts = new TreeMap<>();

    /** The last word on each incident, by key, and opened_at. */
    final Map<String, Alert> alerts = new LinkedHashMap<>();

    /** Rules, policies and endpoints that some flow met. */
    final Set<String> met = new HashSet<>();

    long flows;

    /**
     * @param from epoch ms; what is judged before only warms up
     * @param to epoch ms
     */
    Outlook(long from, long to) {
        this.from = from;
        this.to = to;
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
        if (flow.getRule() != null) {
            met.add(flow.getRule());
        }
        if (flow.getClientName() != null) {
            met.add("endpoint/" + flow.getClientName());
        }
        if (flow.getServerName() != null) {
            met.add("endpoint/" + flow.getServerName());
        }
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
