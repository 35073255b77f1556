package io.flowwarden.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.catalog.Revision;
import io.flowwarden.catalog.RuleText;
import io.flowwarden.schemas.PortRule;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What flows are judged by, to read, to check and to take elsewhere. */
@Command(
        name = "catalog",
        description = "The port catalog: which role may open which port of which other role.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            CatalogCommand.ListRules.class,
            CatalogCommand.Check.class,
            CatalogCommand.Export.class,
            CatalogPublishCommand.class,
            HelpCommand.class
        })
final class CatalogCommand {
    enum Form {
        CSV,
        JSON
    }

    private CatalogCommand() {}

    @Command(
            name = "list",
            description = "Print the rules as a table.",
            mixinStandardHelpOptions = true)
    static final class ListRules implements Callable<Integer> {
        @Parameters(
                arity = "0..*",
                paramLabel = "WORD",
                description =
                        "Only rules that fit all of these: a port (902), a service (902/udp), or"
                                + " text in any column (esxi, heartbeat, 000:26).")
        private List<String> words = List.of();

        @Mixin private CatalogArguments arguments;

        @Override
        public Integer call() throws IOException {
            Catalog catalog = arguments.catalog();
            var search = new RuleSearch(words);
            List<PortRule> found = catalog.rules().stream().filter(search::finds).toList();
            try (Output out = Output.standard()) {
                for (String line : RuleTable.lines(found)) {
                    out.line(line);
                }
            }
            System.err.println(found.size() + " of " + described(catalog));
            return Exit.OK;
        }
    }

    @Command(
            name = "check",
            description = "Check rules of your own against the bundled ones, all faults at once.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Parameters(arity = "0..*", paramLabel = "FILE", description = "CSV or YAML.")
        private List<Path> files = List.of();

        @Override
        public Integer call() throws IOException {
            try (Output out = Output.standard()) {
                out.line("no faults: " + described(Catalog.load(true, files)));
            }
            return Exit.OK;
        }
    }

    @Command(
            name = "export",
            description = "Print the rules that flows are judged by, for other tools.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Option(
                names = "--format",
                paramLabel = "F",
                defaultValue = "csv",
                description =
                        "csv: the columns of the bundled files. json: one object a line with the"
                                + " same keys.")
        private Form form;

        @Mixin private CatalogArguments arguments;

        @Override
        public Integer call() throws IOException {
            Catalog catalog = arguments.catalog();
            try (Output out = Output.standard()) {
                switch (form) {
                    case CSV -> csv(catalog, out);
                    case JSON -> {
                        for (PortRule rule : catalog.rules()) {
                            out.json(json -> write(json, rule));
                        }
                    }
                }
            }
            return Exit.OK;
        }
    }

    private static String described(Catalog catalog) {
        Revision revision = catalog.revision();
        return String.format(
                Locale.ROOT, "%d rules, catalog revision %s", revision.count(), revision.hash());
    }

    private static void csv(Catalog catalog, Output out) throws IOException {
        var row = new StringWriter();
        var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(0).build(row);
        csv.writeRecord(RuleText.columns());
        catalog.rules().forEach(rule -> csv.writeRecord(RuleText.cells(rule)));
        out.line(row.toString().stripTrailing());
    }

    private static void write(JsonGenerator json, PortRule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.getId());
        json.writeStringField("product", rule.getProduct());
        words(json, "versions", rule.getVersions());
        json.writeStringField("transport", rule.getTransport());
        json.writeObjectField("port_from", rule.getPortFrom());
        json.writeObjectField("port_to", rule.getPortTo());
        words(json, "source_role", rule.getSourceRoles());
        words(json, "target_role", rule.getTargetRoles());
        json.writeStringField("scope", rule.getScope());
        json.writeStringField("category", rule.getCategory());
        words(json, "flags", rule.getFlags());
        json.writeStringField("purpose", rule.getPurpose());
        words(json, "reference", rule.getReferences());
        json.writeStringField("note", rule.getNote());
        json.writeEndObject();
    }

    private static void words(JsonGenerator json, String key, List<String> words)
            throws IOException {
        json.writeArrayFieldStart(key);
        for (String word : words) {
            json.writeString(word);
        }
        json.writeEndArray();
    }
}
