package io.flowwarden.cli;

import io.flowwarden.FlowApp;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.config.Listen;
import io.flowwarden.ops.OpsServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One instance of the application on a cluster. */
@Command(
        name = "run",
        description = {
            "Judge what arrives on a cluster's raw topic, until stopped.",
            "Bad configuration is refused, all faults at once, before the group is joined."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    @Mixin private ConfigArguments arguments;

    @Option(
            names = "--check",
            description =
                    "Only check the configuration, the brokers, the topics and the registry. Exit"
                            + " status 0: no faults; 2: faults.")
    private boolean checkOnly;

    @Override
    public Integer call() throws Exception {
        if (checkOnly) {
            Quiet.please();
        }
        ConfigFile file = arguments.read();
        var preflight = Preflight.of(file);
        preflight.warnings().forEach(RunCommand::say);
        file.valid();
        if (checkOnly) {
            try (Output out = Output.standard()) {
                out.line("no faults");
            }
            return Exit.OK;
        }
        return run(file, preflight.partitions());
    }

    private static int run(ConfigFile file, Map<String, Integer> partitions) throws Exception {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var stop = new StopSignal();
                var app = new FlowApp(file.config(), partitions, meters, InstantSource.system());
                OpsServer ops = listen(file, meters, app)) {
            if (ops != null) {
                say("metrics at " + ops.metricsUrl());
            }
            app.watch(state -> say(state.toString()));
            app.start();
            if (!app.hasCatalog()) {
                say("waits for a first catalog, consumes nothing: flowwarden catalog publish");
            }
            while (!stop.isAsked()) {
                if (app.awaitStop(LOOK_EVERY)) {
                    say("gave up");
                    return Exit.FAILURE;
                }
            }
            say("stopping");
        }
        return Exit.OK;
    }

    /** Null if nothing shall listen. */
    private static OpsServer listen(ConfigFile file, PrometheusMeterRegistry meters, FlowApp app) {
        Config config = file.config();
        Listen http = config.http();
        if (http.isOff()) {
            return null;
        }
        try {
            return OpsServer.start(http.address(), meters::scrape, app::isLive, app::isReady);
        } catch (IOException taken) {
            file.fault("http.listen", http + ": " + taken.getMessage());
            file.valid();
            throw new AssertionError("there is a fault");
        }
    }

    private static void say(String what) {
        System.err.println("flowwarden: " + what);
    }
}
