package io.flowwarden.cli;

import picocli.CommandLine.IVersionProvider;

/** Version from the manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "flowwarden " + (version == null ? "(not packaged)" : version),
            "Java " + Runtime.version()
        };
    }
}
