package io.flowwarden.cli;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Flows;
import io.flowwarden.input.InputReader;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Flow;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints flows as decoded: the same decoder as the topology's, with templates in memory. */
@Command(
        name = "decode",
        description = "Print the flows of captures and logs as decoded, without judgement.",
        mixinStandardHelpOptions = true)
final class DecodeCommand implements Callable<Integer> {
    @Mixin private InputArguments arguments;

    @Option(names = "--json", description = "One JSON object a line on standard output.")
    private boolean json;

    private final FlowBatch batch = new FlowBatch();
    private Decoder decoder;
    private Summary summary;
    private Output out;

    @Override
    public Integer call() throws IOException {
        long begun = System.nanoTime();
        InputReader reader = arguments.reader();
        decoder = new Decoder(new TemplatesInMemory());
        summary = Summary.decoded(reader.tally());
        try (Output standard = Output.standard()) {
            out = standard;
            if (!json) {
                out.line(FlowLine.header());
            }
            for (String input : arguments.inputs()) {
                if (arguments.separate()) {
                    decoder = new Decoder(new TemplatesInMemory());
                }
                reader.read(input, this::decode);
            }
            summary.readingDone();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (json) {
                out.json(generator -> summary.write(generator, seconds));
            } else {
                out.line("");
                for (String line : SummaryText.counts(summary, seconds)) {
                    out.line(line);
                }
            }
        }
        SummaryText.complaints(summary).forEach(System.err::println);
        return summary.exit(arguments.strict());
    }

    private void decode(RawRecord raw) throws IOException {
        DecodeReport report = decoder.decode(raw, batch);
        for (int row = 0; row < batch.size(); row++) {
            print(Flows.of(batch, row));
        }
        if (report.rejected() != null) {
            summary.rejectedWhole(raw.input(), report.rejected().name(), report.detail());
            printRejected(raw, report.rejected(), report.detail());
        }
        for (DecodeReport.Part part : report.parts()) {
            printRejected(raw, part.reason(), part.detail());
        }
        summary.flows(batch.size());
        summary.count(report);
    }

    private void print(Flow flow) throws IOException {
        summary.outcome(flow.getOutcome(), 1);
        if (json) {
            out.json(generator -> FlowJson.write(generator, flow));
        } else {
            out.line(FlowLine.of(flow));
        }
    }

    private void printRejected(RawRecord raw, Reason reason, String detail) throws IOException {
        if (json) {
            out.json(
                    generator ->
                            RejectedJson.write(generator, raw.source(), reason.name(), detail));
        } else {
            out.line("rejected " + raw.source() + ": " + reason + ": " + detail);
        }
    }
}
