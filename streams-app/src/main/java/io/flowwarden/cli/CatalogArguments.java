package io.flowwarden.cli;

import io.flowwarden.catalog.Catalog;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rules count, for every command that knows the catalog. */
final class CatalogArguments {
    @Option(
            names = "--catalog",
            paramLabel = "F",
            description = {
                "Rules of your own, CSV or YAML with the catalog's columns: one of a known id"
                        + " replaces it, the flag disabled takes it away, any other is added.",
                "Several apply in the order given."
            })
    private List<Path> overlays = List.of();

    @Option(
            names = "--no-common",
            description = "Leave out the rules that no document states (catalog.common: off).")
    private boolean withoutCommon;

    /**
     * The bundled catalog with what was given.
     *
     * @throws io.flowwarden.fault.FaultyInput with every fault of the files given
     */
    Catalog catalog() {
        return catalog(true);
    }

    /**
     * Likewise.
     *
     * @param common whether the configuration wants the rules that no document states
     */
    Catalog catalog(boolean common) {
        return Catalog.load(common && !withoutCommon, overlays);
    }
}
