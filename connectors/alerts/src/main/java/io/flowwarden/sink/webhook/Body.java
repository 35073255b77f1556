package io.flowwarden.sink.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Activity;
import java.time.Instant;

/** What is posted for a step of an alert. */
interface Body {
    /**
     * @param now time of the telling
     */
    JsonNode of(Alert alert, Activity activity, Instant now);
}
