package io.flowwarden.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keys and ids of alerts: hashes, so that any instance, and any replay, gives the same ones. */
final class Ids {
    private static final int BYTES = 10;

    private Ids() {}

    /** Key of all incidents about a subject. */
    static String key(String alertClass, String subject) {
        return hash(alertClass + "\n" + subject);
    }

    /** Id of the incident that began at this event time. */
    static String id(String key, long openedAt) {
        return hash(key + "\n" + openedAt);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
