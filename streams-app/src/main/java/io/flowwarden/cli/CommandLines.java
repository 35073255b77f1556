package io.flowwarden.cli;

import io.flowwarden.fault.FaultyInput;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/** All commands, and what their endings mean to a shell. */
public final class CommandLines {
    @Command(
            name = "flowwarden",
            description =
                    "Streaming flow-log analyzer for disaster recovery, backup and migration.",
            synopsisSubcommandLabel = "COMMAND",
            versionProvider = Version.class,
            subcommands = {
                DemoCommand.class,
                LiveCommand.class,
                AnalyzeCommand.class,
                DecodeCommand.class,
                EstateCommand.class,
                LinksCommand.class,
                ExplainCommand.class,
                CatalogCommand.class,
                RunCommand.class,
                ApplyCommand.class,
                AlertsCommand.class,
                ReplayCommand.class,
                TopicsCommand.class,
                SchemasCommand.class,
                BenchCommand.class,
                HelpCommand.class
            },
            footer = {
                "",
                "Exit status: 0 done; 1 critical alerts are open (analyze); 2 wrong usage, or no input",
                "could be read; 3 our own failure."
            })
    static final class Flowwarden {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help and exit.")
        private boolean help;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Show the version and exit.")
        private boolean version;
    }

    private CommandLines() {}

    /**
     * Runs a command to its end.
     *
     * @return its exit status
     */
    public static int run(String... arguments) {
        var line = new CommandLine(new Flowwarden());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler(CommandLines::failed);
        if (arguments.length == 0) {
            line.usage(System.err);
            return Exit.USAGE;
        }
        return line.execute(arguments);
    }

    private static int failed(
            Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
        if (failure instanceof FaultyInput faulty) {
            faulty.faults().forEach(fault -> System.err.println(fault.text()));
            int count = faulty.faults().size();
            System.err.println("flowwarden: " + count + (count == 1 ? " fault" : " faults"));
            return Exit.USAGE;
        }
        if (failure instanceof UsageFault) {
            System.err.println("flowwarden: " + failure.getMessage());
            return Exit.USAGE;
        }
        if (failure instanceof OutputGone) {
            // The reader of our output has what it wants (| head): no failure of anybody's.
            return Exit.OK;
        }
        String what = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        System.err.println("flowwarden: failed: " + what);
        if (System.getenv("FLOWWARDEN_DEBUG") != null) {
            failure.printStackTrace();
        } else if (!(failure instanceof IOException)) {
            System.err.println("Set FLOWWARDEN_DEBUG=1 for the stack trace.");
        }
        return Exit.FAILURE;
    }
}
