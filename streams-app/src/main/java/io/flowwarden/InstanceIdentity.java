package io.flowwarden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Who this instance is to its group. It lies beside the state, so that a restart comes back as the
 * same member and keeps its tasks instead of waiting out its own session.
 */
final class InstanceIdentity {
    private static final String FILE = "instance-id";

    private InstanceIdentity() {}

    /** The identity kept in the folder; made and kept at the first start. */
    static String in(Path stateDir) {
        Path file = stateDir.resolve(FILE);
        try {
            Files.createDirectories(stateDir);
            if (Files.exists(file)) {
                String kept = Files.readString(file).strip();
                if (kept.matches("[A-Za-z0-9._-]{1,200}")) {
                    return kept;
                }
            }
            String made = UUID.randomUUID().toString();
            Files.writeString(file, made);
            return made;
        } catch (IOException failed) {
            throw new UncheckedIOException("state.dir " + stateDir + " cannot be used", failed);
        }
    }
}
