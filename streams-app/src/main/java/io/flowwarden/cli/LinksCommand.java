package io.flowwarden.cli;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says of each link of an estate how soon it can be missed. */
@Command(
        name = "links",
        description = {
            "Say of each link of an estate how soon its absence can be noticed, and by whom.",
            "A source reports late: not before its own clock has passed a deadline can it miss"
                    + " anything."
        },
        mixinStandardHelpOptions = true)
final class LinksCommand implements Callable<Integer> {
    @Option(
            names = "--estate",
            paramLabel = "F",
            required = true,
            description = "YAML file of sites with their exporters, endpoints, links and sources.")
    private Path estate;

    @Mixin private CatalogArguments catalogs;

    @Override
    public Integer call() throws IOException {
        Catalog catalog = catalogs.catalog();
        var read = EstateFile.read(estate, catalog);
        Roster roster = Roster.compile(read.entries(), read.revision().hash());
        try (Output out = Output.standard()) {
            if (roster.links().isEmpty()) {
                out.line("The estate has no links: nothing is ever missed.");
            }
            for (DeclaredLink link : roster.links()) {
                for (String line : Foresight.of(link, roster).lines()) {
                    out.line(line);
                }
            }
        }
        return Exit.OK;
    }
}
