package io.flowwarden.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Input that was set aside, as {@code --json} prints it. */
final class RejectedJson {
    private RejectedJson() {}

    static void write(JsonGenerator json, String source, String reason, String detail)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "rejected");
        json.writeStringField("source", source);
        json.writeStringField("reason", reason);
        json.writeStringField("detail", detail);
        json.writeEndObject();
    }
}
