package io.flowwarden.cli;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.config.Listen;
import io.flowwarden.embedded.DataFolder;
import io.flowwarden.embedded.EmbeddedSetup;
import io.flowwarden.embedded.Retention;
import io.flowwarden.judge.FlowsWanted;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One small site in one process: collector, broker, judge. */
@Command(
        name = "live",
        description = {
            "Collect from exporters and judge, all in one process, until stopped.",
            "For one small site; a larger one takes a cluster (run)."
        },
        mixinStandardHelpOptions = true)
final class LiveCommand implements Callable<Integer> {
    /** Of a new data folder; more would not judge faster on the machine of a small site. */
    private static final int RAW_PARTITIONS = 2;

    private static final Duration BETWEEN_BOOKS = Duration.ofMinutes(1);

    @Option(
            names = "--listen",
            paramLabel = "ADDR:PORT",
            description =
                    "Where exporters send to, IPv6 in brackets; again for more. Default:"
                            + " 127.0.0.1:2055, which only this machine reaches.")
    private List<String> listen = List.of("127.0.0.1:2055");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Keeps everything across restarts: templates, state, what was received. Without"
                            + " it, a temporary folder.")
    private Path data;

    @Option(
            names = "--http",
            paramLabel = "ADDR:PORT",
            description =
                    "Where /metrics and /health are, or off. Default: http.listen of --config, else"
                            + " 127.0.0.1:8080.")
    private String http;

    @Option(
            names = "--flows",
            paramLabel = "all|notable|none",
            description =
                    "Which flows to print; notable are UNEXPECTED ones, and rejected ones of known"
                            + " ports. Default: flows of --config, else notable.")
    private FlowsPrinted flowsPrinted;

    @Option(names = "--json", description = "One JSON object a line on standard output.")
    private boolean json;

    @Option(
            names = "--config",
            paramLabel = "F",
            description =
                    "flowwarden.yaml; of its keys, those of another cluster mean nothing here.")
    private Path configFile;

    @Mixin private CatalogArguments catalogs;
    @Mixin private EstateArguments estates;

    @Override
    public Integer call() throws IOException {
        Quiet.please();
        Config config = config();
        List<InetSocketAddress> addresses = listen.stream().map(this::address).toList();
        Listen ops = http == null ? config.http() : listen("--http", http);
        Catalog catalog = catalogs.catalog(config.catalogCommon());
        var estate = estates.given() ? estates.estate(catalog).entries() : null;
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var stop = new StopSignal();
                Output out = Output.standard();
                DataFolder folder = folder()) {
            var screen = new LiveScreen(out, printed(config.flows()), json);
            screen.say(
                    folder == null
                            ? "keeps nothing when it ends; --data DIR does"
                            : "data in " + folder.path());
            var setup =
                    new EmbeddedSetup(
                            catalog.rules(),
                            estate,
                            config,
                            RAW_PARTITIONS,
                            folder == null ? null : folder.path(),
                            Retention.SMALL_SITE,
                            meters);
            new Live(setup, meters, BETWEEN_BOOKS, screen).run(addresses, ops, Play.NONE, stop);
        }
        return Exit.OK;
    }

    /** What is printed is what is published. */
    private Config config() {
        Config config = ConfigFile.orEnvironment(configFile, System.getenv()).valid();
        return flowsPrinted == null
                ? config
                : config.withFlows(FlowsWanted.valueOf(flowsPrinted.name()));
    }

    private static FlowsPrinted printed(FlowsWanted published) {
        return FlowsPrinted.valueOf(published.name());
    }

    private InetSocketAddress address(String text) {
        Listen parsed = listen("--listen", text);
        if (parsed.isOff() || parsed.address().isUnresolved()) {
            throw new UsageFault("--listen was " + text + " but it must be ADDRESS:PORT");
        }
        return parsed.address();
    }

    private static Listen listen(String option, String text) {
        try {
            return Listen.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new UsageFault(option + " was " + text + " but it " + wrong.getMessage());
        }
    }

    /** Null if nothing shall stay. */
    private DataFolder folder() {
        try {
            return data == null ? null : DataFolder.take(data, ProcessHandle.current().pid());
        } catch (IOException refused) {
            throw new UsageFault(refused.getMessage());
        }
    }
}
