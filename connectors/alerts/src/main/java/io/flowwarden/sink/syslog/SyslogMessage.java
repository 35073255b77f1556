package io.flowwarden.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.AlertJson;
import io.flowwarden.sink.States;
import java.time.Instant;

/**
 * An alert as a syslog message (RFC 5424, section 6).
 *
 * @param facility who speaks
 * @param hostname of this machine, printable ASCII
 * @param version of this product
 * @param bytes most that a whole message may have
 */
record SyslogMessage(Facility facility, String hostname, String version, int bytes) {
    /** Says that text beyond ASCII is UTF-8 (section 6.4). */
    private static final String BOM = "\uFEFF";

    private static final int LONGEST_NAME = 255;
    private static final int BOM_BYTES = 3;

    byte[] of(Alert alert, Instant now) {
        String head =
                "<%d>1 %s %s flowwarden - %s - "
                        .formatted(
                                facility.code() * 8 + severity(alert),
                                AlertJson.time(now.toEpochMilli()),
                                hostname,
                                // MSGID: at most 32 characters; kinds have less.
                                name(alert.getKind(), 32));
        String cef = Cef.of(alert, version, bytes - head.length() - BOM_BYTES);
        boolean ascii = cef.chars().allMatch(each -> each < 128);
        return (head + (ascii ? "" : BOM) + cef).getBytes(UTF_8);
    }

    /** Section 6.2.1; an end is a notice, whatever it is the end of. */
    private static int severity(Alert alert) {
        if (States.isResolved(alert)) {
            return 5;
        }
        return switch (alert.getSeverity()) {
            case "critical" -> 2;
            case "warning" -> 4;
            default -> 6;
        };
    }

    /** Printable ASCII without spaces, as names of the header are, or the nil value. */
    static String name(String text, int longest) {
        String name = text.replaceAll("[^!-~]", "");
        return name.isEmpty() ? "-" : name.substring(0, Math.min(name.length(), longest));
    }

    static String hostname(String text) {
        return name(text, LONGEST_NAME);
    }
}
