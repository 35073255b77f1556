package io.flowwarden.cli;

import io.flowwarden.FlowApp;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.config.InputConfig;
import io.flowwarden.embedded.EmbeddedSetup;
import io.flowwarden.estate.Estate;
import io.flowwarden.revision.Publisher;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges the past again by a draft, beside whoever judges it now, touching nothing. */
@Command(
        name = "replay",
        description = {
            "Say what would have been different with a draft of the estate or the catalog.",
            "Judges a stretch of the raw topic by the cluster's own and again by the draft, both in a"
                    + " temporary folder of this process. It joins no group and writes nothing to the"
                    + " cluster."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    /** Templates are sent every 30 minutes at most (RFC 5101 section 10.3.6); some are late. */
    private static final Duration WARM_UP = Duration.ofMinutes(35);

    private static final int SHOWN = 50;

    @Mixin private ConfigArguments configuration;
    @Mixin private CatalogArguments catalogs;
    @Mixin private EstateArguments estates;

    @Option(
            names = "--from",
            paramLabel = "T",
            required = true,
            description = "Begin, e.g. 2026-11-20T22:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "T", required = true, description = "End, not included.")
    private String to;

    @Override
    public Integer call() throws IOException {
        Quiet.please();
        long begin = time("--from", from);
        long end = time("--to", to);
        if (begin >= end) {
            throw new UsageFault("--from was " + from + " but it must be before --to, " + to);
        }
        ConfigFile file = configuration.read();
        Config config = file.config();
        SchemaSerdes serdes = Cluster.serdes(file);
        Cluster.require(file).close();
        Topics topics = Topics.under(config.topicsPrefix());
        Collection<PortRule> rules =
                new Publisher<>(
                                config.client(),
                                topics.catalog().name(),
                                serdes.values(PortRule.class))
                        .entries()
                        .values();
        Collection<EstateEntry> entries =
                new Publisher<>(
                                config.client(),
                                topics.estate().name(),
                                serdes.values(EstateEntry.class))
                        .entries()
                        .values();
        Catalog draftCatalog = catalogs.catalog(config.catalogCommon());
        Estate draft = estates.estate(draftCatalog);
        InputConfig input = FlowApp.inputs(config, topics).get(0);
        var history =
                new RawHistory(
                        config.client(),
                        input.topic(),
                        input.format(),
                        begin - WARM_UP.toMillis(),
                        end);
        var now = new Outlook(begin, end);
        judge(history, rules, entries, config, now);
        var then = new Outlook(begin, end);
        Collection<EstateEntry> drafted = estates.given() ? draft.entries() : entries;
        judge(history, draftCatalog.rules(), drafted, config, then);
        try (Output out = Output.standard()) {
            tell(out, history, now, then, drafted);
        }
        return Exit.OK;
    }

    private static void judge(
            RawHistory history,
            Collection<PortRule> rules,
            Collection<EstateEntry> entries,
            Config config,
            Outlook outlook)
            throws IOException {
        new Analysis(
                        history,
                        EmbeddedSetup.of(rules, entries, config, new SimpleMeterRegistry()),
                        outlook)
                .run();
    }

    private void tell(
            Output out,
            RawHistory history,
            Outlook now,
            Outlook then,
            Collection<EstateEntry> drafted)
            throws IOException {
        out.line(
                String.format(
                        Locale.ROOT,
                        "%s to %s: %,d raw records, %,d flows",
                        from,
                        to,
                        history.records(),
                        now.flows));
        out.line("");
        out.line("Verdicts that would change (now, then)");
        boolean same = true;
        var all = new TreeSet<>(now.verdicts.keySet());
        all.addAll(then.verdicts.keySet());
        for (String verdict : all) {
            long before = now.verdicts.getOrDefault(verdict, 0L);
            long after = then.verdicts.getOrDefault(verdict, 0L);
            if (before != after) {
                same = false;
                out.line(String.format(Locale.ROOT, "  %,9d %,9d  %s", before, after, verdict));
            }
        }
        if (same) {
            out.line("  none");
        }
        alerts(out, "Alerts that would appear", then, now);
        alerts(out, "Alerts that would disappear", now, then);
        health(out, then, drafted);
    }

    private static void alerts(Output out, String title, Outlook in, Outlook notIn)
            throws IOException {
        List<Alert> found =
                in.alerts.values().stream()
                        .filter(
                                alert ->
                                        !notIn.alerts.containsKey(alert.getId())
                                                || !notIn.alerts
                                                        .get(alert.getId())
                                                        .getKind()
                                                        .equals(alert.getKind()))
                        .sorted(AlertLine.WORST_FIRST)
                        .toList();
        out.line("");
        out.line(title + ": " + found.size());
        for (Alert alert : found.subList(0, Math.min(SHOWN, found.size()))) {
            out.line("  " + AlertLine.of(alert));
        }
        if (found.size() > SHOWN) {
            out.line("  and " + (found.size() - SHOWN) + " more");
        }
    }

    /** What the draft speaks of and nothing was seen of. */
    private static void health(Output out, Outlook then, Collection<EstateEntry> drafted)
            throws IOException {
        var idle = new ArrayList<String>();
        for (EstateEntry entry : drafted) {
            boolean known =
                    switch (entry.getKind()) {
                        case "endpoint" -> then.met.contains("endpoint/" + entry.getName());
                        case "policy" -> then.met.contains("policy/" + entry.getName());
                        case "link" ->
                                then.alerts.values().stream()
                                        .noneMatch(
                                                alert ->
                                                        alert.getKind().equals("LINK_NEVER_SEEN")
                                                                && entry.getName()
                                                                        .equals(
                                                                                alert.getSubject()
                                                                                        .getLink()));
                        default -> true;
                    };
            if (!known) {
                idle.add(entry.getKind() + "/" + entry.getName());
            }
        }
        out.line("");
        out.line("Of the draft, never seen in this time: " + (idle.isEmpty() ? "nothing" : ""));
        for (String name : idle) {
            out.line("  " + name);
        }
        out.line(
                "Rules of the catalog that matched: "
                        + then.met.stream().filter(name -> !name.contains("/")).count());
    }

    private static long time(String option, String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException wrong) {
            throw new UsageFault(
                    option + " was " + text + " but it must be a time, e.g. 2026-11-20T22:00:00Z");
        }
    }
}
