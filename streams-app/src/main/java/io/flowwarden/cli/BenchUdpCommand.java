package io.flowwarden.cli;

import io.flowwarden.bench.JudgeBench;
import io.flowwarden.bench.UdpBench;
import io.flowwarden.embedded.TemporaryFolder;
import io.flowwarden.udp.UdpSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "udp",
        description = {
            "The highest rate of NetFlow v9 datagrams of 24 flows that goes from UDP to the raw topic of an",
            "embedded broker without loss, and beside it what nfcapd takes, from the same sender."
        })
final class BenchUdpCommand implements Callable<Integer> {
    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Searches of each collector; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description = "How long each rate is sent; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--partitions",
            defaultValue = "12",
            description = "Partitions of raw; default ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--sockets",
            defaultValue = "1",
            description = "Sockets of our port; default ${DEFAULT-VALUE}.")
    private int sockets;

    @Option(
            names = "--buffer",
            defaultValue = "" + UdpSettings.BUFFER,
            description = "Bytes of kernel buffer for each; default ${DEFAULT-VALUE}.")
    private int buffer;

    @Option(
            names = "--kafka",
            description = "A setting of the producer, key=value; may be repeated.")
    private Map<String, String> kafka = Map.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var plan = new UdpBench.Plan(rounds, seconds, partitions, sockets, buffer, kafka);
        Path data = Files.createTempDirectory("flowwarden-bench-");
        UdpBench.Result result;
        try {
            result = new UdpBench(plan, data, System.err::println).run();
        } finally {
            TemporaryFolder.delete(data);
        }
        double raw = JudgeBench.Result.median(result.raw());
        double nfcapd = JudgeBench.Result.median(result.nfcapd());
        try (var out = Output.standard()) {
            if (json) {
                out.json(
                        line -> {
                            line.writeStartObject();
                            line.writeStringField("type", "bench");
                            line.writeStringField("bench", "udp");
                            line.writeNumberField("raw_datagrams_per_second", raw);
                            if (nfcapd > 0) {
                                line.writeNumberField("nfcapd_datagrams_per_second", nfcapd);
                                line.writeNumberField("ratio", raw / nfcapd);
                            }
                            line.writeEndObject();
                        });
            } else {
                out.line("without loss           median        lowest       highest  datagrams/s");
                out.line(row("UDP to raw topic", result.raw()));
                if (nfcapd > 0) {
                    out.line(row("nfcapd", result.nfcapd()));
                    out.line(String.format(Locale.ROOT, "raw / nfcapd  %.2f", raw / nfcapd));
                }
            }
        }
        return Exit.OK;
    }

    private static String row(String name, List<Double> rates) {
        return String.format(
                Locale.ROOT,
                "%-18s %,10.0f    %,10.0f    %,10.0f",
                name,
                JudgeBench.Result.median(rates),
                rates.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                rates.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    }
}
