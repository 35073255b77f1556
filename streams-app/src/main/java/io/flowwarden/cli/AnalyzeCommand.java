package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.embedded.EmbeddedFlowwarden;
import io.flowwarden.embedded.EmbeddedSetup;
import io.flowwarden.embedded.Rejected;
import io.flowwarden.estate.Estate;
import io.flowwarden.input.InputReader;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.sink.AlertJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges the flows of captures and logs by the catalog and an estate. */
@Command(
        name = "analyze",
        description = {
            "Judge the flows of captures and logs: expected, plausible or unexpected, and why.",
            "Runs the real topology on a broker of its own, in a temporary folder."
        },
        mixinStandardHelpOptions = true)
final class AnalyzeCommand implements Callable<Integer>, Analysis.Listener {
    @Mixin private InputArguments arguments;
    @Mixin private CatalogArguments catalogs;
    @Mixin private EstateArguments estates;

    @Option(
            names = "--flows",
            paramLabel = "all|notable|none",
            description =
                    "Which flows to print; notable are UNEXPECTED ones, and rejected ones of known"
                            + " ports. Default: all with --json, else none.")
    private FlowsPrinted flowsPrinted;

    @Option(
            names = "--config",
            paramLabel = "F",
            description =
                    "flowwarden.yaml, for the thresholds of alert.* and limits.*; the environment goes"
                            + " before it.")
    private Path configFile;

    @Option(names = "--json", description = "One JSON object a line on standard output.")
    private boolean json;

    private final AtomicLong judged = new AtomicLong();
    private final Map<String, String> rejects = new TreeMap<>();
    private Summary summary;
    private Survey survey;
    private Output out;

    @Override
    public Integer call() throws IOException {
        long begun = System.nanoTime();
        Quiet.please();
        Config config = ConfigFile.orEnvironment(configFile, System.getenv()).valid();
        Catalog catalog = catalogs.catalog(config.catalogCommon());
        Estate estate = estates.estate(catalog);
        if (flowsPrinted == null) {
            flowsPrinted = json ? FlowsPrinted.ALL : FlowsPrinted.NONE;
        }
        InputReader reader = arguments.reader();
        summary = Summary.judged(reader.tally());
        survey = new Survey(id -> category(catalog.rule(id)));
        try (Output standard = Output.standard()) {
            out = standard;
            if (!json && flowsPrinted != FlowsPrinted.NONE) {
                out.line(FlowLine.judgedHeader());
            }
            try (var progress =
                    Progress.start(
                            InputReader.size(arguments.inputs()), reader::bytesRead, judged::get)) {
                analyze(reader, catalog, estate, config);
            }
            summary.readingDone();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (json) {
                out.json(generator -> summary.write(generator, seconds));
            } else {
                var text = new AnalysisText(summary, survey, estates.given(), rejects);
                for (String line : text.lines(seconds)) {
                    out.line(line);
                }
            }
        }
        SummaryText.complaints(summary).forEach(System.err::println);
        return summary.exit(arguments.strict());
    }

    private void analyze(InputReader reader, Catalog catalog, Estate estate, Config config)
            throws IOException {
        List<List<String>> runs =
                arguments.separate()
                        ? arguments.inputs().stream().map(List::of).toList()
                        : List.of(arguments.inputs());
        for (List<String> inputs : runs) {
            var setup =
                    EmbeddedSetup.of(
                            catalog.rules(), estate.entries(), config, new SimpleMeterRegistry());
            new Analysis(reader, inputs, setup, this).run();
        }
    }

    @Override
    public void judged(JudgedFlow flow) throws IOException {
        judged.incrementAndGet();
        survey.add(flow);
        if (flow.getCategory() != null) {
            summary.category(flow.getCategory(), 1);
        }
        if (!flowsPrinted.wants(flow)) {
            return;
        }
        if (json) {
            out.json(generator -> FlowJson.write(generator, flow));
        } else {
            out.line(FlowLine.of(flow));
        }
    }

    @Override
    public void alert(Alert alert) throws IOException {
        summary.alert(alert);
        if (json) {
            out.line(AlertJson.text(alert));
        }
    }

    @Override
    public void rejected(Rejected rejected) throws IOException {
        if (rejected.whole()) {
            summary.rejectedWhole(
                    rejected.input() == null ? "-" : rejected.input(),
                    rejected.reason(),
                    rejected.detail());
            summary.rejected(rows(rejected));
        }
        rejects.putIfAbsent(rejected.reason(), rejected.detail());
        if (json) {
            out.json(
                    generator ->
                            RejectedJson.write(
                                    generator,
                                    rejected.source(),
                                    rejected.reason(),
                                    rejected.detail()));
        }
    }

    @Override
    public void finished(EmbeddedFlowwarden flowwarden) {
        summary.count(flowwarden.books());
    }

    /** Of a log the rows count, of datagrams the whole. */
    private static long rows(Rejected rejected) {
        if (rejected.source() == null || !rejected.source().startsWith("aws/")) {
            return 1;
        }
        return new String(rejected.value(), UTF_8).lines().filter(row -> !row.isBlank()).count();
    }

    private static String category(PortRule rule) {
        return rule == null ? null : rule.getCategory();
    }
}
