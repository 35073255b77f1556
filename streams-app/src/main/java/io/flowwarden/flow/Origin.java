package io.flowwarden.flow;

/**
 * Where a batch comes from.
 *
 * @param source source id, e.g. {@code netflow/10.1.0.1/0}
 * @param exporter exporter's address in canonical text, or null where a bare file names none
 * @param receivedAt epoch ms at which it was received, captured or exported
 * @param input file name in {@code analyze}, else null
 */
public record Origin(String source, String exporter, long receivedAt, String input) {
    public static final Origin NONE = new Origin("", null, 0, null);
}
