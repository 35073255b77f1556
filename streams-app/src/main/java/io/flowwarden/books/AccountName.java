package io.flowwarden.books;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What is counted: {@code raw}, or {@code rejected} by the label {@code reason} as {@code
 * TRUNCATED}. It is also the meter's name and tag.
 *
 * @param label name of the label, or null
 * @param value of the label, or null
 */
public record AccountName(String counted, String label, String value)
        implements Comparable<AccountName> {
    public static AccountName of(String counted) {
        return new AccountName(counted, null, null);
    }

    static AccountName parse(String text) {
        String[] parts = text.split("\\|", 3);
        return parts.length == 3 ? new AccountName(parts[0], parts[1], parts[2]) : of(text);
    }

    byte[] encoded() {
        return (label == null ? counted : counted + "|" + label + "|" + value).getBytes(UTF_8);
    }

    @Override
    public int compareTo(AccountName other) {
        return toString().compareTo(other.toString());
    }

    /** As Prometheus would print it, without our prefix. */
    @Override
    public String toString() {
        return label == null ? counted : counted + "{" + label + "=\"" + value + "\"}";
    }
}
