package io.flowwarden.sink;

import io.flowwarden.schemas.Alert;
import java.util.List;

/**
 * How far a sink came with a list of alerts.
 *
 * @param done how many of the first are dealt with: told, not worth telling, or refused
 * @param refused those of them that the receiver will never take
 * @param outage why the rest has to be tried again; null if there is no rest
 */
public record Delivery(int done, List<Refusal> refused, String outage) {
    /**
     * @param alert what was refused
     * @param position in the list
     * @param reason in words, without a secret
     */
    public record Refusal(Alert alert, int position, String reason) {}

    public Delivery {
        refused = List.copyOf(refused);
    }
}
