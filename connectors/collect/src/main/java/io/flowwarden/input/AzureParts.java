package io.flowwarden.input;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flowwarden.raw.SourceIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An Azure record that no chunk can hold, told in several records of the same form: each has the
 * texts of the whole, and a run of its tuples with the texts of their group.
 */
final class AzureParts {
    /** Leaves room for the texts and for one more tuple. */
    private static final int FULL = JsonLog.MAX_CHUNK - (1 << 13);

    private static final int LONGEST_TEXT = 512;
    private static final int LONGEST_TUPLE = 1024;

    /**
     * A part.
     *
     * @param start position in the record of its first tuple; 0 for the first part
     * @param next the same of the part behind it, or the record's length
     */
    record Part(byte[] bytes, int start, int next, JsonLog.Facts facts) {}

    private final JsonParser json;
    private final int length;
    private final Map<String, String> whole = new LinkedHashMap<>();
    private final Map<String, String> group = new LinkedHashMap<>();
    private int depth;
    private int start;
    private boolean begun;
    private boolean tuples;
    private String waiting;

    AzureParts(byte[] bytes, int at, int length) throws IOException {
        this.json = JsonLog.JSON.createParser(bytes, at, length);
        this.length = length;
    }

    /** The next part, or null behind the last. */
    Part next() throws IOException {
        if (waiting == null && !advance()) {
            return null;
        }
        var bytes = new ByteArrayOutputStream(JsonLog.MAX_CHUNK);
        long end = 0;
        int first = start;
        try (JsonGenerator out = JsonLog.JSON.createGenerator(bytes)) {
            out.writeStartObject();
            write(out, whole);
            out.writeArrayFieldStart("flows");
            Map<String, String> told = null;
            do {
                if (!group.equals(told)) {
                    if (told != null) {
                        out.writeEndArray();
                        out.writeEndObject();
                    }
                    told = Map.copyOf(group);
                    out.writeStartObject();
                    write(out, group);
                    out.writeArrayFieldStart("flowTuples");
                }
                out.writeString(waiting);
                end = Math.max(end, AzureFacts.time(waiting));
                waiting = null;
                out.flush();
            } while (advance() && bytes.size() < FULL);
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        }
        String resource = whole.getOrDefault("flowLogResourceID", whole.get("resourceId"));
        return new Part(
                bytes.toByteArray(),
                first,
                waiting == null ? length : start,
                new JsonLog.Facts(SourceIds.azure(resource), end));
    }

    private static void write(JsonGenerator out, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            out.writeStringField(text.getKey(), text.getValue());
        }
    }

    /** Moves to the next tuple; false behind the last. */
    private boolean advance() throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            switch (token) {
                case START_OBJECT -> depth++;
                case END_OBJECT -> depth--;
                case END_ARRAY -> tuples = false;
                case FIELD_NAME -> tuples = json.currentName().equals("flowTuples");
                case VALUE_STRING -> {
                    if (tuples) {
                        int at = (int) json.currentTokenLocation().getByteOffset();
                        if (json.getTextLength() <= LONGEST_TUPLE) {
                            start = begun ? at : 0;
                            begun = true;
                            waiting = json.getText();
                            return true;
                        }
                    } else if (json.getTextLength() <= LONGEST_TEXT) {
                        (depth == 1 ? whole : group).put(json.currentName(), json.getText());
                    }
                }
                default -> {
                    // Numbers say versions, which the tuples show.
                }
            }
        }
        return false;
    }
}
