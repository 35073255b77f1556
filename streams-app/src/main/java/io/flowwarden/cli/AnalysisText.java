package io.flowwarden.cli;

import io.flowwarden.schemas.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an analysis found, for somebody who sees this log for the first time. */
final class AnalysisText {
    private static final int LARGEST = 10;
    private static final int OF_A_KIND = 5;
    private static final int SURPRISES = 10;
    private static final int ALERTS = 20;

    private final Summary summary;
    private final Survey survey;
    private final boolean withEstate;
    private final Map<String, String> rejects;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param rejects first detail by reason
     */
    AnalysisText(Summary summary, Survey survey, boolean withEstate, Map<String, String> rejects) {
        this.summary = summary;
        this.survey = survey;
        this.withEstate = withEstate;
        this.rejects = rejects;
    }

    List<String> lines(double seconds) {
        lines.addAll(SummaryText.counts(summary, seconds));
        if (summary.flows() > 0) {
            verdicts();
            conversations();
            telling();
            surprises();
            alerts();
        }
        rejected();
        if (summary.flows() > 0) {
            next();
        }
        return lines;
    }

    private void verdicts() {
        section("Verdicts");
        for (var verdict : summary.verdicts().entrySet()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "  %-13s %,12d  %6s  %s",
                            verdict.getKey(),
                            verdict.getValue(),
                            Units.percent(verdict.getValue(), summary.flows()),
                            meaning(verdict.getKey())));
        }
        if (!summary.categories().isEmpty()) {
            lines.add("  categories: " + SummaryText.joined(summary.categories()));
        }
        if (summary.outcomes().containsKey("REJECTED")) {
            lines.add("  outcomes: " + SummaryText.joined(summary.outcomes()));
        }
    }

    private void conversations() {
        section("Largest conversations");
        for (Survey.Sum sum : survey.largest(LARGEST)) {
            lines.add(
                    String.format(
                                    Locale.ROOT,
                                    "  %9s %,9d flow%s  %-12s  %s  %s",
                                    size(sum),
                                    sum.flows(),
                                    sum.flows() == 1 ? " " : "s",
                                    sum.verdict(),
                                    sum.conversation().text(),
                                    String.join(" or ", sum.categories()))
                            .stripTrailing());
        }
        if (survey.forgetful()) {
            lines.add("  (of very many conversations; small ones were not kept apart)");
        }
    }

    private void telling() {
        var found = new ArrayList<String>();
        for (String category : Survey.tellingCategories()) {
            for (Survey.Sum sum : survey.telling(category, OF_A_KIND)) {
                String cadence =
                        sum.cadence() == 0 ? "" : ", one every " + Units.span(sum.cadence());
                String sure = sum.verdict().equals("EXPECTED") ? "" : "likely ";
                found.add(
                        String.format(
                                Locale.ROOT,
                                "  %-20s %s: %s, %s%s",
                                sure + category,
                                sum.conversation().text(),
                                flows(sum.flows()),
                                size(sum),
                                cadence));
            }
        }
        if (!found.isEmpty()) {
            section("Replication, backup, migration and heartbeats");
            lines.addAll(found);
        }
    }

    private void surprises() {
        if (survey.surpriseCount() == 0) {
            return;
        }
        section(
                "Unexpected: "
                        + SummaryText.number(survey.surpriseCount(), "conversation")
                        + (survey.surpriseCount() > SURPRISES ? ", the busiest " + SURPRISES : ""));
        for (Survey.Surprise surprise : survey.surprises(SURPRISES)) {
            lines.add(
                    "  "
                            + surprise.reason()
                            + "  "
                            + surprise.conversation().text()
                            + "  "
                            + flows(surprise.flows())
                            + ", "
                            + Units.bytes(surprise.bytes()));
            lines.add(SummaryText.wrapped(surprise.explanation(), "      "));
        }
    }

    private void alerts() {
        List<Alert> alerts = summary.alerts();
        if (alerts.isEmpty()) {
            return;
        }
        section(
                "Alerts: "
                        + SummaryText.number(alerts.size(), "incident")
                        + (alerts.size() > ALERTS ? ", the worst " + ALERTS : ""));
        alerts.stream()
                .sorted(AlertLine.WORST_FIRST)
                .limit(ALERTS)
                .forEach(
                        alert -> {
                            lines.add("  " + AlertLine.of(alert));
                            lines.add(SummaryText.wrapped(alert.getExplanation(), "      "));
                        });
    }

    private void rejected() {
        if (rejects.isEmpty()) {
            return;
        }
        section("Rejected input, the first of each reason");
        rejects.forEach((reason, detail) -> lines.add("  " + reason + "  " + detail));
    }

    private void next() {
        section("Next");
        if (withEstate) {
            lines.add("  flowwarden explain CLIENT SERVER PORT/TRANSPORT --estate FILE");
            lines.add("      why a flow is judged as it is");
            return;
        }
        lines.add("  Without an estate no address has a role, so nothing can be EXPECTED, and");
        lines.add("  nothing is critical. Draft one from this traffic, read it, and judge by it:");
        lines.add("");
        lines.add("    flowwarden estate draft INPUT... > estate.yaml");
        lines.add("    flowwarden analyze INPUT... --estate estate.yaml");
        lines.add("");
        lines.add("  flowwarden catalog list shows the known ports and the names of roles.");
    }

    private static String size(Survey.Sum sum) {
        return sum.sized() ? Units.bytes(sum.bytes()) : "-";
    }

    private void section(String title) {
        lines.add("");
        lines.add(title);
    }

    private static String flows(long count) {
        return SummaryText.number(count, "flow");
    }

    private static String meaning(String verdict) {
        return switch (verdict) {
            case "EXPECTED" -> "a rule of the catalog or a policy of yours says so";
            case "PLAUSIBLE" -> "a port of the catalog, but the roles are not known";
            case "UNEXPECTED" -> "no rule allows it";
            case "OUT_OF_SCOPE" -> "not a port or a host that the catalog speaks of";
            default -> "";
        };
    }
}
