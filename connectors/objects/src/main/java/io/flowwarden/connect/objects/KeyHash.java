package io.flowwarden.connect.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * 64 bits that stand for a text in offsets, which would be many times longer with whole keys. Of
 * some thousand keys two are alike once in 10^12 connectors.
 */
final class KeyHash {
    private static final ThreadLocal<MessageDigest> SHA_256 =
            ThreadLocal.withInitial(
                    () -> {
                        try {
                            return MessageDigest.getInstance("SHA-256");
                        } catch (NoSuchAlgorithmException never) {
                            throw new IllegalStateException("every Java has SHA-256", never);
                        }
                    });

    private KeyHash() {}

    static long of(String text) {
        return ByteBuffer.wrap(SHA_256.get().digest(text.getBytes(UTF_8))).getLong();
    }
}
