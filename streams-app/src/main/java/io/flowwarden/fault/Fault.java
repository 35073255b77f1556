package io.flowwarden.fault;

import java.util.Objects;

/**
 * One thing that is wrong in a file that a person wrote.
 *
 * @param file name of the file as the reader knows it
 * @param line from 1; 0 where the file as a whole is meant
 * @param key path of the key, or the column; empty where there is none
 * @param value what stands there; empty where something is missing
 * @param reason what is wrong with it
 * @param nearest the known name that was probably meant, or null
 */
public record Fault(
        String file, int line, String key, String value, String reason, String nearest) {
    private static final int PRINTED = 80;
    private static final int PRINTED_OF_REASON = 500;

    public Fault {
        Objects.requireNonNull(file);
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
        Objects.requireNonNull(reason);
    }

    /** One line for a terminal: {@code estate.yaml:7: endpoints[0].roles[0]: 'esx': reason}. */
    public String text() {
        var text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        if (!key.isEmpty()) {
            text.append(": ").append(printable(key, PRINTED));
        }
        if (!value.isEmpty()) {
            text.append(": '").append(printable(value, PRINTED)).append('\'');
        }
        text.append(": ").append(printable(reason, PRINTED_OF_REASON));
        if (nearest != null) {
            text.append("; did you mean '").append(nearest).append("'?");
        }
        return text.toString();
    }

    /** A file is foreign text: what it holds must not move a terminal's cursor. */
    private static String printable(String text, int most) {
        boolean cut = text.codePointCount(0, text.length()) > most;
        var printed = new StringBuilder();
        text.codePoints()
                .limit(cut ? most : Long.MAX_VALUE)
                .map(c -> Character.isISOControl(c) ? '\ufffd' : c)
                .forEach(printed::appendCodePoint);
        return cut ? printed.append("...").toString() : printed.toString();
    }
}
