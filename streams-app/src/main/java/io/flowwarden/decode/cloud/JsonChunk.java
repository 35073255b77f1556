package io.flowwarden.decode.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;
import io.flowwarden.raw.JsonObjects;
import java.io.IOException;

/** Walks the records of a chunk; one that is no JSON is set aside and the next one is read. */
final class JsonChunk {
    /** Reads one record from its opening brace to its closing one. */
    interface RecordReader {
        void read(JsonParser json) throws IOException;
    }

    /** Field names of hostile logs must not stay in the table of the JVM. */
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    /**
     * Bytes; an object of fewer has no room for a flow, and a parser costs a hundred times that.
     */
    private static final int SHORTEST = 32;

    /**
     * Records of a chunk that may be damaged; those behind are not read, because an exception for
     * each costs a hundred times its bytes. No log has 256 records of a usual length in 64 KiB.
     */
    private static final int DAMAGED = 256;

    private static final int QUOTED = 160;

    private final JsonObjects object = new JsonObjects();
    private int damaged;

    /**
     * @param reader takes each record; what it has added to the batch before a fault stays
     */
    void read(byte[] bytes, DecodeReport report, RecordReader reader) {
        if (bytes == null || bytes.length == 0) {
            report.reject(Reason.EMPTY, "no bytes");
            return;
        }
        int number = 0;
        damaged = 0;
        int at = 0;
        while (at < bytes.length) {
            if (bytes[at] != '{') {
                if (!JsonObjects.between(bytes[at] & 255) && bytes[at] != '[') {
                    bad(report, number + 1, "expected a record, an object in braces");
                    return;
                }
                at++;
                continue;
            }
            number++;
            object.begin();
            int end = object.end(bytes, at, bytes.length);
            if (end < 0) {
                bad(report, number, "the record is cut");
                return;
            }
            if (end - at < SHORTEST) {
                String what = "is too short for a record of a flow log";
                no(report, Reason.MISSING_VALUE, number, what);
            } else if (damaged >= DAMAGED) {
                String what = "stands behind " + DAMAGED + " damaged ones and is not read";
                no(report, Reason.RECORD_LIMIT, number, what);
            } else {
                record(bytes, at, end, number, report, reader);
            }
            at = end;
        }
    }

    /** The record at hand costs an exception: it is one of the damaged ones. */
    void damage() {
        damaged++;
    }

    private void record(
            byte[] bytes, int at, int end, int number, DecodeReport report, RecordReader reader) {
        try (JsonParser json = JSON.createParser(bytes, at, end - at)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                reader.read(json);
            }
        } catch (JsonProcessingException e) {
            damage();
            bad(report, number, "is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            damage();
            bad(report, number, e.getMessage());
        }
    }

    private static void bad(DecodeReport report, int number, String what) {
        no(report, Reason.BAD_JSON, number, what);
    }

    private static void no(DecodeReport report, Reason why, int number, String what) {
        report.row();
        report.rejectRow(why, number, report.describes() ? "record " + number + ": " + what : null);
    }

    static String cut(String text) {
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
    }
}
