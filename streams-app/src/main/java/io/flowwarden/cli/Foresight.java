package io.flowwarden.cli;

import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.LinkKind;
import io.flowwarden.roster.Roster;
import io.flowwarden.roster.SourcePattern;
import io.flowwarden.roster.UsualDelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** When at the earliest a link can be missed, by what the estate says of its sources. */
record Foresight(DeclaredLink link, List<Witness> witnesses) {
    /**
     * An exporter that stands where it could see the link.
     *
     * @param delay how late it reports at the least, ms
     * @param configured whether the estate says so
     */
    record Witness(String exporter, String site, long delay, boolean configured) {
        @Override
        public String toString() {
            return exporter
                    + " ("
                    + site
                    + (configured ? ", " : ", at least ")
                    + span(delay)
                    + " late)";
        }
    }

    static Foresight of(DeclaredLink link, Roster roster) {
        var witnesses = new ArrayList<Witness>();
        for (Map.Entry<String, String> exporter : roster.exporters().entrySet()) {
            // Its domain does not matter here: a pattern that names one matches only that.
            String source = "netflow/" + exporter.getKey() + "/0";
            String site = exporter.getValue();
            boolean there =
                    Objects.equals(site, link.fromSite()) || Objects.equals(site, link.toSite());
            if (there && SourcePattern.any(link.sources(), source)) {
                Long delay = roster.facts(source, exporter.getKey()).reportingDelay();
                witnesses.add(
                        new Witness(
                                exporter.getKey(),
                                site,
                                delay == null ? UsualDelay.DATAGRAMS : delay,
                                delay != null));
            }
        }
        witnesses.sort(Comparator.comparingLong(Witness::delay).thenComparing(Witness::exporter));
        return new Foresight(link, witnesses);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                link.name()
                        + ": "
                        + link.kind().name().toLowerCase(Locale.ROOT)
                        + " "
                        + link.from()
                        + " > "
                        + link.to()
                        + " "
                        + link.service());
        lines.add("  " + missed());
        lines.add(
                "  "
                        + (witnesses.isEmpty()
                                ? "seen by: no exporter is listed at its sites; whoever sees it"
                                        + " decides"
                                : "seen by: "
                                        + witnesses.stream()
                                                .map(Witness::toString)
                                                .collect(Collectors.joining(", "))));
        return lines;
    }

    private String missed() {
        if (link.kind() == LinkKind.MIGRATION) {
            return "never missed: only a block of it is told";
        }
        long delay = witnesses.isEmpty() ? UsualDelay.DATAGRAMS : witnesses.get(0).delay();
        if (link.kind() == LinkKind.BACKUP) {
            return "missed at the earliest "
                    + span(delay)
                    + " after start-by and after the end of its window";
        }
        long deadline = link.deadline();
        String late =
                delay > deadline
                        ? "; every source reports later than the deadline, so all of them decide"
                                + " late"
                        : "";
        return "missed at the earliest "
                + span(deadline + delay)
                + " after its last sight: "
                + span(deadline)
                + " of deadline, "
                + span(delay)
                + " of reporting delay"
                + late;
    }

    /** Exact, e.g. {@code 22m 30s}. */
    private static String span(long millis) {
        var span = Duration.ofMillis(millis);
        return span.toString()
                .substring(2)
                .replaceAll("([HM])(?=.)", "$1 ")
                .toLowerCase(Locale.ROOT);
    }
}
