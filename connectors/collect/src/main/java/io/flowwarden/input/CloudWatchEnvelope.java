package io.flowwarden.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Reads flow-log rows out of the JSON in which CloudWatch Logs delivers them: subscription
 * envelopes ({@code logEvents}) and API answers ({@code events}), any number one after another.
 */
final class CloudWatchEnvelope {
    private static final JsonFactory JSON = new JsonFactory();

    private CloudWatchEnvelope() {}

    static boolean startsAt(ByteSource in) {
        String head = head(in);
        return isJson(head) && head.contains("\"message\"");
    }

    static boolean isJson(String head) {
        return head.startsWith("{") || head.startsWith("[");
    }

    /** First characters of the source, blanks at the start taken off. */
    static String head(ByteSource in) {
        int length = in.fill(1 << 16);
        return new String(in.buffer(), in.position(), length, StandardCharsets.ISO_8859_1)
                .stripLeading();
    }

    static void read(ByteSource in, LogChunks chunks) throws IOException {
        // The parser's own guess of the encoding takes some damage for UTF-32, and then fails on
        // it.
        var text = new InputStreamReader(in.asStream(), StandardCharsets.UTF_8);
        try (JsonParser json = JSON.createParser(text)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME && "message".equals(json.currentName())) {
                    json.nextToken();
                    message(json, chunks);
                }
            }
        } catch (JsonProcessingException e) {
            throw new DamagedInput(place(e.getLocation()), e.getOriginalMessage());
        } finally {
            chunks.finish();
        }
    }

    private static void message(JsonParser json, LogChunks chunks) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return;
        }
        byte[] row = json.getText().strip().getBytes(StandardCharsets.UTF_8);
        if (row.length > 0 && !chunks.line(row, 0, row.length)) {
            throw new DamagedInput(place(json.currentLocation()), "a message too long for a row");
        }
    }

    private static String place(JsonLocation at) {
        return at == null ? "somewhere" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
