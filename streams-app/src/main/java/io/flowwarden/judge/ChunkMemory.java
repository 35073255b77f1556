package io.flowwarden.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The chunks of a log that a source has sent lately, so that what a connector sends again after its
 * restart is dropped. Bounded: of each source the last {@value #KEPT}, about an hour of a busy one.
 */
final class ChunkMemory {
    private static final int KEPT = 512;

    /** Enough of a SHA-256 that two chunks are never taken for one. */
    private static final int BYTES = 16;

    private final JudgeStore store;
    private final MessageDigest digest;

    ChunkMemory(JudgeStore store) {
        this.store = store;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java platform has SHA-256", never);
        }
    }

    /** Whether the chunk is a repeat; if not, it is remembered from now on. */
    boolean repeats(String source, String chunk) {
        byte[] id = Arrays.copyOf(digest.digest(chunk.getBytes(UTF_8)), BYTES);
        byte[] seen = store.chunks(source);
        if (seen == null) {
            store.chunks(source, id);
            return false;
        }
        for (int at = 0; at + BYTES <= seen.length; at += BYTES) {
            if (Arrays.equals(seen, at, at + BYTES, id, 0, BYTES)) {
                return true;
            }
        }
        int drop = Math.max(0, seen.length / BYTES - KEPT + 1) * BYTES;
        byte[] more = Arrays.copyOfRange(seen, drop, seen.length + BYTES);
        System.arraycopy(id, 0, more, more.length - BYTES, BYTES);
        store.chunks(source, more);
        return false;
    }
}
