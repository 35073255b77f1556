package io.flowwarden.cli;

import io.flowwarden.FlowApp;
import io.flowwarden.config.Config;
import io.flowwarden.config.ConfigFile;
import io.flowwarden.config.InputConfig;
import io.flowwarden.embedded.EmbeddedSetup;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what of the expectations in force is met by nothing. */
@Command(
        name = "health",
        description = {
            "Say which links, policies, rules and prefixes in force nothing has met for days.",
            "Judges what the raw topic keeps (3 days, unless its retention was changed) again, in a"
                    + " temporary folder of this process. It joins no group and writes nothing to the"
                    + " cluster."
        },
        mixinStandardHelpOptions = true)
final class EstateHealth implements Callable<Integer> {
    @Mixin private ConfigArguments configuration;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "3",
            description = "Days to look back, 3 by default.")
    private int days;

    @Override
    public Integer call() throws IOException {
        Quiet.please();
        if (days < 1) {
            throw new UsageFault("--days was " + days + " but it must be 1 or more");
        }
        ConfigFile file = configuration.read();
        Config config = file.config();
        SchemaSerdes serdes = Cluster.serdes(file);
        Cluster.require(file).close();
        Topics topics = Topics.under(config.topicsPrefix());
        InForce inForce = InForce.of(config, serdes, topics);
        InputConfig input = FlowApp.inputs(config, topics).get(0);
        long end = Instant.now().toEpochMilli();
        long begin = end - Duration.ofDays(days).toMillis();
        var history = new RawHistory(config.client(), input.topic(), input.format(), begin, end);
        var outlook = new Outlook(begin, Long.MAX_VALUE, inForce.estate());
        new Analysis(
                        history,
                        EmbeddedSetup.of(
                                inForce.rules(),
                                inForce.estate(),
                                config,
                                new SimpleMeterRegistry()),
                        outlook)
                .run();
        try (Output out = Output.standard()) {
            out.line(
                    String.format(
                            Locale.ROOT,
                            "%,d flows of %,d raw records%s",
                            outlook.flows,
                            history.records(),
                            outlook.flows == 0
                                    ? ""
                                    : ", "
                                            + Instant.ofEpochMilli(outlook.first)
                                            + " to "
                                            + Instant.ofEpochMilli(outlook.last)));
            out.line("");
            for (String line : outlook.coverage.lines(inForce.rules())) {
                out.line(line);
            }
        }
        return Exit.OK;
    }
}
