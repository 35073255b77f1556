package io.flowwarden.cli;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.draft.Draft;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.input.InputReader;
import io.flowwarden.raw.RawRecord;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** Estates, as files. */
@Command(
        name = "estate",
        description =
                "The estate: which sites there are, who plays which role, what must be there.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {EstateCommand.DraftEstate.class, EstateHealth.class, HelpCommand.class})
final class EstateCommand {
    private EstateCommand() {}

    @Command(
            name = "draft",
            description = {
                "Write a first estate.yaml from the traffic of captures and logs.",
                "Each line has its evidence as a comment; what is unsure is commented out."
            },
            mixinStandardHelpOptions = true)
    static final class DraftEstate implements Callable<Integer> {
        @Mixin private InputArguments arguments;
        @Mixin private CatalogArguments catalogs;

        private final FlowBatch batch = new FlowBatch();
        private Decoder decoder;
        private Draft draft;
        private Summary summary;

        @Override
        public Integer call() throws IOException {
            long begun = System.nanoTime();
            draft = new Draft(catalogs.catalog());
            InputReader reader = arguments.reader();
            decoder = new Decoder(new TemplatesInMemory());
            summary = Summary.decoded(reader.tally());
            for (String input : arguments.inputs()) {
                if (arguments.separate()) {
                    decoder = new Decoder(new TemplatesInMemory());
                }
                reader.read(input, this::observe);
            }
            summary.readingDone();
            int exit = summary.exit(arguments.strict());
            // Nothing could be read: better no estate than one that says there is nothing.
            if (exit == Exit.OK || summary.flows() > 0) {
                try (Output out = Output.standard()) {
                    for (String line : draft.lines()) {
                        out.line(line);
                    }
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            SummaryText.counts(summary, seconds).forEach(System.err::println);
            SummaryText.complaints(summary).forEach(System.err::println);
            return exit;
        }

        private void observe(RawRecord raw) {
            DecodeReport report = decoder.decode(raw, batch);
            draft.observe(batch);
            if (report.rejected() != null) {
                summary.rejectedWhole(raw.input(), report.rejected().name(), report.detail());
            }
            summary.flows(batch.size());
            summary.count(report);
        }
    }
}
