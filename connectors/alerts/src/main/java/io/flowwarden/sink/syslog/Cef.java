package io.flowwarden.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.schemas.Alert;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An alert in ArcSight's Common Event Format, version 0. Keys are those of its dictionary, so that
 * a SIEM knows them; what has no key there is a custom string with its label.
 */
final class Cef {
    /** Bytes of the name in the header; readers keep 512 of it. */
    private static final int LONGEST_NAME = 512;

    private Cef() {}

    /**
     * @param version of this product
     * @param bytes most that the text may have in UTF-8; what matters least is left out first, and
     *     the explanation is cut before anything is half said
     */
    static String of(Alert alert, String version, int bytes) {
        var text =
                new StringBuilder("CEF:0|Flowwarden|Flowwarden|")
                        .append(header(version))
                        .append('|')
                        .append(header(alert.getKind()))
                        .append('|')
                        .append(
                                cutTo(
                                        alert.getTitle(),
                                        Math.min(LONGEST_NAME, bytes / 3),
                                        Cef::header))
                        .append('|')
                        .append(severity(alert))
                        .append('|');
        int left = bytes - utf8(text);
        String gap = "";
        for (Map.Entry<String, String> field : fields(alert).entrySet()) {
            String whole = gap + field.getKey() + "=" + extension(field.getValue());
            if (utf8(whole) <= left) {
                text.append(whole);
                left -= utf8(whole);
                gap = " ";
            } else if (field.getKey().equals("msg")) {
                String cut = cutTo(field.getValue(), left - utf8(gap + "msg="), Cef::extension);
                text.append(gap).append("msg=").append(cut);
                left -= utf8(gap + "msg=" + cut);
                gap = " ";
            }
        }
        return text.toString();
    }

    private static int severity(Alert alert) {
        return switch (alert.getSeverity()) {
            case "critical" -> 9;
            case "warning" -> 6;
            default -> 3;
        };
    }

    /** What matters most comes first. */
    private static Map<String, String> fields(Alert alert) {
        var subject = alert.getSubject();
        var fields = new LinkedHashMap<String, String>();
        fields.put("externalId", alert.getId());
        fields.put("act", alert.getState());
        fields.put("cat", alert.getClass$());
        fields.put("start", Long.toString(alert.getOpenedAt()));
        put(fields, "end", end(alert));
        address(fields, "src", "c6a2", "Source IPv6 Address", subject.getClient());
        address(fields, "dst", "c6a3", "Destination IPv6 Address", subject.getServer());
        put(fields, "dpt", subject.getPort());
        put(
                fields,
                "proto",
                subject.getTransport() == null
                        ? null
                        : subject.getTransport().toUpperCase(Locale.ROOT));
        put(fields, "reason", alert.getReason());
        custom(fields, 1, "link", subject.getLink());
        custom(fields, 2, "cause", alert.getCause());
        custom(fields, 3, "rule", alert.getRule());
        fields.put("msg", alert.getExplanation());
        fields.put("cnt", Long.toString(Math.min(alert.getCount(), Integer.MAX_VALUE)));
        put(fields, "shost", subject.getClientName());
        put(fields, "dhost", subject.getServerName());
        custom(fields, 4, "nearest rule", alert.getNearestRule());
        custom(fields, 5, "client site", subject.getClientSite());
        custom(fields, 6, "server site", subject.getServerSite());
        put(fields, "deviceExternalId", subject.getExporter());
        return fields;
    }

    private static String end(Alert alert) {
        Long end = alert.getResolvedAt() == null ? alert.getLastSeen() : alert.getResolvedAt();
        return end == null ? null : end.toString();
    }

    private static void address(
            Map<String, String> fields, String v4, String v6, String label, String address) {
        if (address == null) {
            return;
        }
        // src and dst are IPv4 addresses in the dictionary.
        if (address.indexOf(':') < 0) {
            fields.put(v4, address);
        } else {
            fields.put(v6, address);
            fields.put(v6 + "Label", label);
        }
    }

    private static void custom(Map<String, String> fields, int number, String label, String value) {
        if (value != null) {
            fields.put("cs" + number, value);
            fields.put("cs" + number + "Label", label);
        }
    }

    private static void put(Map<String, String> fields, String key, Object value) {
        if (value != null) {
            fields.put(key, value.toString());
        }
    }

    /** Header: backslash and pipe are escaped, lines do not break. */
    static String header(String text) {
        return text.replaceAll("[\\r\\n]+", " ").replace("\\", "\\\\").replace("|", "\\|");
    }

    /** Extension: backslash, equals sign and line ends are escaped; a pipe is not. */
    static String extension(String text) {
        return text.replace("\\", "\\\\")
                .replace("=", "\\=")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static int utf8(CharSequence text) {
        return text.toString().getBytes(UTF_8).length;
    }

    /** The longest beginning that fits when it is escaped, so that no escape is cut in two. */
    private static String cutTo(String text, int bytes, UnaryOperator<String> escape) {
        var fitting = new StringBuilder();
        int left = bytes;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            String next = escape.apply(Character.toString(point));
            left -= utf8(next);
            if (left < 0) {
                break;
            }
            fitting.append(next);
            at += Character.charCount(point);
        }
        return fitting.toString();
    }
}
