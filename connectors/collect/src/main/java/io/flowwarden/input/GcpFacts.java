package io.flowwarden.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flowwarden.raw.SourceIds;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** What a GCP flow-log record says of itself. */
final class GcpFacts {
    private GcpFacts() {}

    static JsonLog.Facts of(byte[] bytes, int at, int length) {
        String labelled = null;
        String source = null;
        String destination = null;
        String reporter = null;
        long end = 0;
        String inside = "";
        try (JsonParser json = JsonLog.JSON.createParser(bytes, at, length)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT && json.currentName() != null) {
                    inside = json.currentName();
                } else if (token == JsonToken.VALUE_STRING && json.currentName() != null) {
                    switch (json.currentName()) {
                        case "end_time" -> end = time(json.getText());
                        case "reporter" -> reporter = json.getText();
                        case "subnetwork_name" -> {
                            switch (inside) {
                                case "labels" -> labelled = json.getText();
                                case "src_vpc" -> source = json.getText();
                                case "dest_vpc" -> destination = json.getText();
                                default -> {
                                    // Of something else.
                                }
                            }
                        }
                        default -> {
                            // Nothing that a chunk needs.
                        }
                    }
                }
            }
        } catch (IOException damaged) {
            // The decoder rejects it and says why.
            return new JsonLog.Facts(SourceIds.gcp(labelled), end);
        }
        String own = "DEST".equals(reporter) ? destination : source;
        return new JsonLog.Facts(SourceIds.gcp(labelled == null ? own : labelled), end);
    }

    private static long time(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException notATime) {
            return 0;
        }
    }
}
