package io.flowwarden.cli;

import io.flowwarden.FlowApp;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.config.InputConfig;
import io.flowwarden.embedded.EmbeddedSetup;
import io.flowwarden.estate.Estate;
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
        InForce inForce = InForce.of(config, serdes, topics);
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
        var now = new Outlook(begin, end, inForce.estate());
        judge(history, inForce.rules(), inForce.estate(), config, now);
        Collection<EstateEntry> drafted = estates.given() ? draft.entries() : inForce.estate();
        var then = new Outlook(begin, end, drafted);
        judge(history, draftCatalog.rules(), drafted, config, then);
        try (Output out = Output.standard()) {
            tell(out, history, now, then, draftCatalog.rules());
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
            Output out, RawHistory history, Outlook now, Outlook then, Collection<PortRule> rules)
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
        out.line("");
        for (String line : then.coverage.lines(rules)) {
            out.line(line);
        }
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

    private static long time(String option, String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException wrong) {
            throw new UsageFault(
                    option + " was " + text + " but it must be a time, e.g. 2026-11-20T22:00:00Z");
        }
    }
}
