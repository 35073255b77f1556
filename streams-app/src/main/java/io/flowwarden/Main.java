package io.flowwarden;

import io.flowwarden.cli.CommandLines;

/** The {@code flowwarden} command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLines.run(arguments));
    }
}
