package io.flowwarden.sink.syslog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.sink.SinkContract.Heard;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message read by the letter of RFC 5424 and of CEF; what is not by the letter fails the test.
 *
 * @param header fields of CEF's header
 * @param extension its keys and values, unescaped
 */
record ParsedSyslog(
        int priority,
        String timestamp,
        String hostname,
        String app,
        String msgid,
        boolean bom,
        java.util.List<String> header,
        Map<String, String> extension) {
    private static final Pattern RFC5424 =
            Pattern.compile(
                    "<(\\d{1,3})>1 (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)"
                            + " ([!-~]{1,255}) ([!-~]{1,48}) - ([!-~]{1,32}) - (\uFEFF?)(CEF:.*)",
                    Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("(?:^| )([A-Za-z0-9]+)=");

    static ParsedSyslog of(String text) {
        Matcher message = RFC5424.matcher(text);
        assertTrue(message.matches(), text);
        String cef = message.group(7);
        assertTrue(cef.indexOf('\n') < 0 && cef.indexOf('\r') < 0, "one line: " + cef);
        var header = new java.util.ArrayList<String>();
        var field = new StringBuilder();
        int at = "CEF:".length();
        while (header.size() < 7) {
            char next = cef.charAt(at++);
            if (next == '\\') {
                char escaped = cef.charAt(at++);
                assertTrue(escaped == '\\' || escaped == '|', cef);
                field.append(escaped);
            } else if (next == '|') {
                header.add(field.toString());
                field.setLength(0);
            } else {
                field.append(next);
            }
        }
        return new ParsedSyslog(
                Integer.parseInt(message.group(1)),
                message.group(2),
                message.group(3),
                message.group(4),
                message.group(5),
                !message.group(6).isEmpty(),
                header,
                extension(cef.substring(at)));
    }

    /** A key begins behind a space that no value can have before an unescaped equals sign. */
    private static Map<String, String> extension(String text) {
        var values = new LinkedHashMap<String, String>();
        Matcher keys = KEY.matcher(text);
        String key = null;
        int from = 0;
        while (keys.find()) {
            if (key != null) {
                values.put(key, unescaped(text.substring(from, keys.start())));
            }
            key = keys.group(1);
            from = keys.end();
        }
        values.put(key, unescaped(text.substring(from)));
        return values;
    }

    private static String unescaped(String value) {
        var plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            assertTrue(next != '=', "not escaped: " + value);
            if (next == '\\') {
                char escaped = value.charAt(++i);
                assertTrue("\\=nr".indexOf(escaped) >= 0, value);
                plain.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
            } else {
                plain.append(next);
            }
        }
        return plain.toString();
    }

    Heard heard() {
        return new Heard(
                extension.get("externalId"),
                extension.get("act"),
                header.get(5),
                extension.get("msg"));
    }
}
