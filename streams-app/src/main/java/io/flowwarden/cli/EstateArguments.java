package io.flowwarden.cli;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.estate.Estate;
import io.flowwarden.estate.EstateFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Who stands where, for every command that judges. */
final class EstateArguments {
    @Option(
            names = "--estate",
            paramLabel = "F",
            description = "YAML file of sites, endpoints with their roles, links and policies.")
    private Path file;

    /**
     * The estate given, or an empty one.
     *
     * @param catalog whose rules it may name
     * @throws io.flowwarden.fault.FaultyInput with every fault of the file
     */
    Estate estate(Catalog catalog) {
        return file == null ? Estate.EMPTY : EstateFile.read(file, catalog);
    }

    boolean given() {
        return file != null;
    }
}
