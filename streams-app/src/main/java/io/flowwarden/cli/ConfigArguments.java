package io.flowwarden.cli;

import io.flowwarden.config.ConfigFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster, for every command that talks to one. */
final class ConfigArguments {
    @Option(
            names = "--config",
            paramLabel = "F",
            required = true,
            description = "flowwarden.yaml; its keys: streams-app/README.md.")
    private Path file;

    /**
     * The file and the environment.
     *
     * @throws io.flowwarden.fault.FaultyInput if it cannot be read or is not YAML
     */
    ConfigFile read() {
        return ConfigFile.read(file, System.getenv());
    }
}
