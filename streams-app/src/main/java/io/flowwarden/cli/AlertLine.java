package io.flowwarden.cli;

import io.flowwarden.schemas.Alert;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** An alert in one line. */
final class AlertLine {
    private static final List<String> SEVERITIES = List.of("critical", "warning", "info");

    /** Open ones before resolved ones, critical ones first, then the oldest. */
    static final Comparator<Alert> WORST_FIRST =
            Comparator.comparing((Alert alert) -> alert.getState().equals("RESOLVED"))
                    .thenComparing(alert -> alert.getCause() != null)
                    .thenComparingInt(alert -> SEVERITIES.indexOf(alert.getSeverity()))
                    .thenComparingLong(Alert::getOpenedAt);

    private AlertLine() {}

    static String of(Alert alert) {
        return String.format(
                Locale.ROOT,
                "%-8s %-8s %s  %s  [%s]%s",
                alert.getState(),
                alert.getSeverity(),
                alert.getKind(),
                alert.getTitle(),
                alert.getId(),
                said(alert));
    }

    private static String said(Alert alert) {
        return (alert.getCause() == null ? "" : " because of " + alert.getCause())
                + (alert.getMutedBy() == null ? "" : " muted by " + alert.getMutedBy())
                + (alert.getAckedBy() == null ? "" : " acknowledged by " + alert.getAckedBy());
    }
}
