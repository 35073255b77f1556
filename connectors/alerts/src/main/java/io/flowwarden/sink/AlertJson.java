package io.flowwarden.sink;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowwarden.schemas.Alert;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * An alert as one JSON object: every field of the record under its own name, always there, null
 * where it does not apply; times as text in UTC.
 */
public final class AlertJson {
    /** Fields that hold epoch milliseconds. */
    private static final List<String> TIMES =
            List.of("opened_at", "last_seen", "last_good", "breach_at", "resolved_at");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private AlertJson() {}

    public static ObjectNode of(Alert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "alert");
        fields(alert, json);
        return json;
    }

    /** The object on one line. */
    public static String text(Alert alert) {
        return of(alert).toString();
    }

    /** Time as in the object. */
    public static String time(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis));
    }

    private static void fields(SpecificRecord record, ObjectNode json) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            String name = field.name();
            if (value == null) {
                json.putNull(name);
            } else if (value instanceof Long time && TIMES.contains(name)) {
                json.put(name, time(time));
            } else if (value instanceof Long number) {
                json.put(name, number);
            } else if (value instanceof Integer number) {
                json.put(name, number);
            } else if (value instanceof SpecificRecord inner) {
                fields(inner, json.putObject(name));
            } else if (value instanceof List<?> list) {
                items(list, json.putArray(name));
            } else {
                json.put(name, value.toString());
            }
        }
    }

    private static void items(List<?> list, ArrayNode json) {
        for (Object item : list) {
            if (item instanceof SpecificRecord inner) {
                fields(inner, json.addObject());
            } else {
                json.add(item.toString());
            }
        }
    }
}
