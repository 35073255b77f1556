package io.flowwarden.cli;

import io.flowwarden.bench.JudgeBench;
import io.flowwarden.embedded.TemporaryFolder;
import io.flowwarden.judge.FlowsWanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures on this machine. */
@Command(
        name = "bench",
        description = "Measure on this machine.",
        subcommands = {BenchCommand.Judge.class, BenchUdpCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class BenchCommand {
    @Command(
            name = "judge",
            description = {
                "Flows a second from the raw topic to their verdicts, on an embedded broker, beside an",
                "application that only copies the same raw records."
            })
    static final class Judge implements Callable<Integer> {
        @Option(
                names = "--flows",
                defaultValue = "12000000",
                description = "Flows that each round judges; default ${DEFAULT-VALUE}.")
        private long flows;

        @Option(
                names = "--rounds",
                defaultValue = "5",
                description =
                        "Rounds that count, behind one that warms up; default ${DEFAULT-VALUE}.")
        private int rounds;

        @Option(
                names = "--prefixes",
                defaultValue = "10000",
                description = "Endpoints of the estate; default ${DEFAULT-VALUE}.")
        private int prefixes;

        @Option(
                names = "--peers",
                defaultValue = "8",
                description =
                        "Servers that a client talks to, for each service; 0 for any, so that hardly a conversation comes twice; default ${DEFAULT-VALUE}.")
        private int peers;

        @Option(
                names = "--partitions",
                defaultValue = "12",
                description = "Partitions of raw; default ${DEFAULT-VALUE}.")
        private int partitions;

        @Option(
                names = "--publish",
                defaultValue = "notable",
                description =
                        "Which judged flows are published: all, notable or none; default ${DEFAULT-VALUE}.")
        private FlowsWanted wanted;

        @Option(
                names = "--kafka",
                description = "A Kafka setting of both applications, key=value; may be repeated.")
        private Map<String, String> kafka = Map.of();

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            var plan =
                    new JudgeBench.Plan(flows, prefixes, peers, rounds, partitions, wanted, kafka);
            Path data = Files.createTempDirectory("flowwarden-bench-");
            JudgeBench.Result result;
            try {
                result = new JudgeBench(plan, data, System.err::println).run();
            } finally {
                TemporaryFolder.delete(data);
            }
            double judge = JudgeBench.Result.median(result.judge());
            double copy = JudgeBench.Result.median(result.copy());
            try (var out = Output.standard()) {
                if (json) {
                    out.json(
                            line -> {
                                line.writeStartObject();
                                line.writeStringField("type", "bench");
                                line.writeStringField("bench", "judge");
                                line.writeNumberField("flows", flows);
                                line.writeNumberField("prefixes", prefixes);
                                line.writeNumberField("peers", peers);
                                line.writeNumberField("partitions", partitions);
                                line.writeStringField(
                                        "publish", wanted.name().toLowerCase(Locale.ROOT));
                                line.writeNumberField("judge_flows_per_second", judge);
                                line.writeNumberField("copy_flows_per_second", copy);
                                line.writeNumberField("ratio", judge / copy);
                                line.writeEndObject();
                            });
                } else {
                    out.line(
                            "                       median        lowest       highest  M flows/s");
                    out.line(row("judge", result.judge()));
                    out.line(row("copy raw records only", result.copy()));
                    out.line(String.format(Locale.ROOT, "judge / copy  %.2f", judge / copy));
                }
            }
            return Exit.OK;
        }

        private static String row(String name, List<Double> rates) {
            return String.format(
                    Locale.ROOT,
                    "%-22s %6.2f        %6.2f        %6.2f",
                    name,
                    JudgeBench.Result.median(rates) / 1e6,
                    rates.stream().mapToDouble(Double::doubleValue).min().orElse(0) / 1e6,
                    rates.stream().mapToDouble(Double::doubleValue).max().orElse(0) / 1e6);
        }
    }
}
