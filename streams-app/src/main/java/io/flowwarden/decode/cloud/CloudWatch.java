package io.flowwarden.decode.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The envelope in which a CloudWatch Logs subscription hands log lines on: an object with {@code
 * logEvents}, each with its line as {@code message}; several may follow each other.
 */
public final class CloudWatch {
    private static final JsonFactory JSON = new JsonFactory();

    private CloudWatch() {}

    /**
     * What an envelope holds.
     *
     * @param lines its messages, one a line
     * @param fault where it stops being JSON, or null
     */
    public record Lines(byte[] lines, String fault) {}

    /** Whether these bytes begin like an envelope; the start of a file is enough. */
    public static boolean isEnvelope(byte[] bytes) {
        String start =
                new String(bytes, 0, Math.min(bytes.length, 4_096), StandardCharsets.UTF_8)
                        .stripLeading();
        return start.startsWith("{")
                && (start.contains("\"logEvents\"") || start.contains("\"messageType\""));
    }

    /** Takes the lines out; what precedes a fault is kept. */
    public static Lines unwrap(byte[] envelope) {
        var lines = new ByteArrayOutputStream(envelope.length);
        try (JsonParser json = JSON.createParser(envelope)) {
            boolean control = false;
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING) {
                    String name = json.currentName();
                    if (depth == 1 && "messageType".equals(name)) {
                        // Sent to test the subscription; its message is no row.
                        control = "CONTROL_MESSAGE".equals(json.getText());
                    } else if (depth == 3 && "message".equals(name) && !control) {
                        lines.writeBytes(json.getText().strip().getBytes(StandardCharsets.UTF_8));
                        lines.write('\n');
                    }
                }
            }
            return new Lines(lines.toByteArray(), null);
        } catch (IOException e) {
            String what = e.getMessage().lines().findFirst().orElse("not JSON");
            return new Lines(lines.toByteArray(), what);
        }
    }
}
