package io.flowwarden.embedded;

/**
 * A raw record, or a part of one, that was set aside.
 *
 * @param source its key, or null
 * @param input file name in {@code analyze}, or null
 * @param reason why, e.g. {@code TRUNCATED}
 * @param detail what was found
 * @param whole whether nothing of the raw record was used
 * @param value its first bytes, or null
 */
public record Rejected(
        String source, String input, String reason, String detail, boolean whole, byte[] value) {}
